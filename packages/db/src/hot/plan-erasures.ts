import type { SqlRunner } from "../client.ts";

/** Plans to erase objects at `dueAt`; what is planned already stays as planned. */
export async function planErasures(
  sql: SqlRunner,
  { keys, dueAt }: { readonly keys: readonly string[]; readonly dueAt: Date },
): Promise<void> {
  await sql`
    insert into object_erasures (object_key, due_at)
    select key, ${dueAt} from unnest(${[...keys]}::text[]) as planned(key)
    on conflict (object_key) do nothing`;
}
