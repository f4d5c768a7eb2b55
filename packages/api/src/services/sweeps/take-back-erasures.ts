import type { Sql } from "@ob/db";
import { z } from "zod";

const UsedKeys = z.array(z.object({ key: z.string() }));

/**
 * Takes back the planned erasures of those objects that are in use. Whoever erases a result or a
 * picture at the same moment holds its row, and is waited for: no erasure of his is lost.
 * @returns the keys in use
 */
export async function takeBackErasures(sql: Sql, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const asked = [...keys];
  // One statement: it runs after each delivery. A row that was erased while we waited for it is looked
  // at again, and is no longer among those in use.
  const rows = await sql`
    with held_results as (
      select object_key, preview_key from results
      where (object_key = any(${asked}) or preview_key = any(${asked})) and erased_at is null
      for no key update
    ), held_assets as (
      select object_key, preview_key from assets
      where (object_key = any(${asked}) or preview_key = any(${asked})) and erased_at is null
      for no key update
    ), used as materialized (
      select distinct key from (
        select unnest(array[object_key, preview_key]) as key from held_results
        union all
        select unnest(array[object_key, preview_key]) from held_assets
      ) as held
      where key = any(${asked})
    ), taken_back as (
      delete from object_erasures where object_key in (select key from used)
    )
    select key from used`;
  return new Set(UsedKeys.parse([...rows]).map(({ key }) => key));
}
