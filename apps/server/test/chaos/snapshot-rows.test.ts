import { randomUUID } from "node:crypto";
import { ownerCreateV1 } from "@ob/db";
import { createTestDatabase } from "@ob/db/testing";
import { expect, test } from "vitest";
import { changedTables, snapshotRows } from "./snapshot-rows.ts";

test("one changed field of one row is seen, and in which table; that somebody asked is no change", async () => {
  const { sql, close } = await createTestDatabase();
  try {
    const ownerId = randomUUID();
    const now = new Date();
    const grant = { welcomeCredits: 20, address: null, grantsPerHour: 20 };
    await ownerCreateV1(sql, { ownerId, kind: "guest", ...grant, transferId: randomUUID(), now });
    const before = await snapshotRows(sql);
    expect(before.get("owners")).toMatch(/^1 rows, [0-9a-f]{32}$/);
    await sql`insert into watches (owner_id, until) values (${ownerId}, now())`;
    expect(changedTables(before, await snapshotRows(sql))).toEqual([]);
    await sql`insert into users (id, name, email, owner_id, created_at, updated_at)
      values (${randomUUID()}, 'a', 'a@example.test', ${ownerId}, ${now}, ${now})`;
    const named = await snapshotRows(sql);
    expect(changedTables(before, named)).toEqual(["users"]);
    await sql`update users set name = 'b'`;
    expect(changedTables(named, await snapshotRows(sql))).toEqual(["users"]);
    await sql`delete from users`;
    expect(changedTables(before, await snapshotRows(sql))).toEqual([]);
  } finally {
    await close();
  }
});
