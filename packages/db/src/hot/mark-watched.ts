import type { SqlRunner } from "../client.ts";

/** Notes until when an owner watches. */
export async function markWatched(
  sql: SqlRunner,
  o: { readonly ownerId: string; readonly until: Date },
): Promise<void> {
  await sql`
    insert into watches (owner_id, until) values (${o.ownerId}, ${o.until})
    on conflict (owner_id) do update set until = excluded.until`;
}
