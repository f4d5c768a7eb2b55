import { expect, test } from "vitest";
import { openDb, type Sql } from "./client.ts";
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
