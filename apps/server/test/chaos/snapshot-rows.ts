import type { Sql } from "@ob/db";

/** What asking alone changes: who looks, how often, and until when. */
const HINTS: readonly string[] = ["rate_windows", "watches", "job_sightings", "sessions"];

/** Every row of every table of the studio, as one hash per table. */
export async function snapshotRows(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const hashes = new Map<string, string>();
  for (const { name } of tables) {
    if (HINTS.includes(name)) continue;
    const [row] = await sql<{ hash: string }[]>`
      select count(*) || ' rows, ' || coalesce(md5(string_agg(row, ',' order by row)), '-') as hash
      from (select t::text as row from ${sql(name)} as t) as rows`;
    hashes.set(name, row?.hash ?? "");
  }
  return hashes;
}

/** Names of the tables in which anything differs. */
export function changedTables(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
