import { expect, test } from "vitest";
import { mostConnections, openDb, type Sql } from "./client.ts";
import { createTestDatabase } from "./testing/index.ts";

test("hints wait for no disk, everything else does, and closing leaves no connection", async () => {
  const database = await createTestDatabase();
  const connection = openDb({ url: database.url, poolSize: 1, applicationName: "ob-test" });
  const waits = async (sql: Sql) =>
    (await sql<{ synchronous_commit: string }[]>`show synchronous_commit`)[0]?.synchronous_commit;
  try {
    expect(await waits(connection.sql)).toBe("on");
    expect(await waits(connection.hints)).toBe("off");
  } finally {
    await connection.close(1_000);
    // It refuses to drop a database that somebody is still connected to.
    await database.close();
  }
});

test("a session ended while its connection is being made ready ends no process", async () => {
  const database = await createTestDatabase();
  const applicationName = "ob-test-ended";
  const connection = openDb({ url: database.url, poolSize: 4, applicationName });
  const ended = { now: false };
  // Whatever nobody awaits would fail this run: an unhandled rejection ends a server.
  const ask = async () => {
    while (!ended.now) {
      await connection.sql
        .begin(async (sql) => {
          await sql`select 1`;
          await sql`select 2`;
        })
        .catch(() => {});
    }
  };
  const asking = Array.from({ length: 8 }, ask);
  for (let storm = 0; storm < 300; storm += 1) {
    await database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${applicationName}`;
  }
  ended.now = true;
  await Promise.all(asking);
  expect(await connection.sql`select 1 as one`).toEqual([{ one: 1 }]);
  await connection.close(1_000);
  await database.close();
});

test("the pools together hold what is said and no more, however much is asked at once", async () => {
  const database = await createTestDatabase();
  const applicationName = "ob-test-most";
  const connection = openDb({ url: database.url, poolSize: 10, applicationName });
  try {
    const { sql, hints, db } = connection;
    const asked = Array.from({ length: 12 }, () => [
      sql`select pg_sleep(0.05)`,
      hints`select pg_sleep(0.05)`,
      db.execute("select pg_sleep(0.05)"),
    ]);
    await Promise.all(asked.flat());
    const open = await database.sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where application_name = ${applicationName}`;
    expect(open).toEqual([{ n: mostConnections(10) }]);
    expect(mostConnections(10)).toBe(28);
  } finally {
    await connection.close(1_000);
    await database.close();
  }
});
