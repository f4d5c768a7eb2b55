import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb, type DbConnection } from "../src/client.ts";
import { createTestDatabase, type TestDatabase } from "../src/testing/index.ts";

let database: TestDatabase;
let lonely: DbConnection;
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 2 });
  // One connection, so that what comes after must use the one that was lost.
  lonely = openDb({ url: database.url, poolSize: 1, applicationName: "ob-lost" });
});
afterAll(async () => {
  await lonely.close(1_000);
  await database.close();
});

type Statement = (marker: string) => Promise<unknown>;

/** Opens a transaction, cuts its connection, and gives back how to go on within it as if nothing had been. */
async function cutTransaction(): Promise<Statement> {
  const begun = Promise.withResolvers<{ pid: number; insert: Statement }>();
  const whole = lonely.sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const insert: Statement = (marker) =>
      Promise.resolve(tx`insert into watches (owner_id, until) values (${marker}, now())`);
    begun.resolve({ pid: row?.pid ?? 0, insert });
    await new Promise(() => {});
  });
  // It may end before the statement that ends it has been answered: that is no unhandled rejection.
  whole.catch(() => {});
  const { pid, insert } = await begun.promise;
  await database.sql`select pg_terminate_backend(${pid})`;
  await expect(whole).rejects.toThrow(/CONNECTION_CLOSED|terminating connection/);
  return insert;
}

const markers = async () => (await database.sql`select owner_id from watches`).length;

test("a statement on a lost connection is refused; the process and the pool live on", async () => {
  const insert = await cutTransaction();
  await expect(insert(crypto.randomUUID())).rejects.toThrow("CONNECTION_CLOSED");
  const [row] = await lonely.sql`select 1 as one`;
  expect(row).toEqual({ one: 1 });
});

test("what was left of a lost transaction never runs outside of it, on the next connection", async () => {
  const insert = await cutTransaction();
  await lonely.sql`select 1`;
  await expect(insert(crypto.randomUUID())).rejects.toThrow("CONNECTION_CLOSED");
  expect(await markers()).toBe(0);
  await lonely.sql.begin((tx) => tx`insert into watches values (${crypto.randomUUID()}, now())`);
  expect(await markers()).toBe(1);
});

test("a statement that takes too long, or waits too long for a lock, ends with an error", async () => {
  const [limits] = await lonely.sql`
    select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`;
  expect(limits).toEqual({ statement: "15s", lock: "5s" });
});
