import { drizzle } from "drizzle-orm/postgres-js";
import { eq, inArray } from "drizzle-orm";
import postgres from "postgres";
import { expect, test } from "vitest";
import { prepareStatements } from "./prepare-statements.ts";
import { owners } from "./schema/index.ts";
import { createTestDatabase } from "./testing/index.ts";

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

test("what Drizzle builds is prepared once per text, lists of many lengths and transactions are not", async () => {
  const database = await createTestDatabase({ checkInvariants: false });
  const client = prepareStatements(postgres(database.url, { max: 1, onnotice: () => {} }));
  const db = drizzle(client);
  const prepared = async () => {
    const rows = await client<{ statement: string }[]>`
      select statement from pg_prepared_statements where statement ~ '^(insert|select|update).*"owners"'`;
    return rows.map(({ statement }) => statement);
  };
  try {
    const owner = { id: id(1), kind: "guest", createdAt: new Date() } as const;
    await db.insert(owners).values(owner);
    for (let n = 0; n < 3; n += 1) {
      expect(
        await db
          .select()
          .from(owners)
          .where(eq(owners.id, id(1))),
      ).toMatchObject([owner]);
      expect(
        await db
          .select()
          .from(owners)
          .where(eq(owners.id, id(2))),
      ).toEqual([]);
    }
    expect(await prepared()).toHaveLength(2);
    const many = Array.from({ length: 33 }, (_, n) => id(n));
    expect(await db.select().from(owners).where(inArray(owners.id, many))).toHaveLength(1);
    await db.transaction(async (tx) => {
      await tx
        .update(owners)
        .set({ lastSeq: 0 })
        .where(eq(owners.id, id(1)));
    });
    expect(await prepared()).toHaveLength(2);
  } finally {
    await client.end();
    await database.close();
  }
});
