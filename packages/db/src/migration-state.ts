import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { SqlRunner } from "./client.ts";

const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });
const Applied = z.array(z.object({ when: z.coerce.number() }));

/** What the database lacks, and what it has that this program does not know. */
export interface MigrationState {
  /** Names of migrations that were not applied, in their order. */
  readonly missing: string[];
  /** How many were applied by a newer program. */
  readonly unknown: number;
}

/** Compares the database with this program's migrations; nothing is changed. A database without any lacks all. */
export async function readMigrationState(sql: SqlRunner): Promise<MigrationState> {
  const file = new URL("./migrations/meta/_journal.json", import.meta.url);
  const { entries } = Journal.parse(JSON.parse(await readFile(file, "utf8")));
  const [table] =
    await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  const rows =
    table?.["exists"] === true
      ? await sql`select created_at as when from drizzle.__drizzle_migrations`
      : [];
  const applied = new Set(Applied.parse([...rows]).map(({ when }) => when));
  const known = new Set(entries.map(({ when }) => when));
  return {
    missing: entries.filter(({ when }) => !applied.has(when)).map(({ tag }) => tag),
    unknown: [...applied].filter((when) => !known.has(when)).length,
  };
}
