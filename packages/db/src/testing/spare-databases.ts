import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Sql } from "../client.ts";

/**
 * Databases of this cluster that a test gave back clean. To clone the template writes three hundred
 * files; to empty what a test wrote into takes a few milliseconds.
 */
const SPARE = "spare_databases";

/** Makes the list of spare databases, in the cluster's own database. */
export async function makeSpareList(admin: Sql): Promise<void> {
  await admin`create table ${admin(SPARE)} (name text primary key)`;
}

/** Takes one off the list, for its taker alone; null when there is none. */
export async function takeSpare(admin: Sql): Promise<string | null> {
  const [taken] = await admin<{ name: string }[]>`
    delete from ${admin(SPARE)} where name = (
      select name from ${admin(SPARE)} limit 1 for update skip locked)
    returning name`;
  return taken?.name ?? null;
}

/** A name for a database that nobody had before. */
export function newDatabaseName(): string {
  return `test_${randomUUID().replaceAll("-", "")}`;
}

/**
 * Empties the database and puts it on the list, under another name: as the template was, or not at
 * all. Whoever still knows the old name finds nothing there.
 * @param url - to which nobody is connected any more
 * @param schema - the template's {@link readSchemaMark}
 * @returns false when its schema was changed: it must be dropped
 */
export async function giveBack(admin: Sql, url: URL, schema: string): Promise<boolean> {
  const sql = postgres(url.href, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    if ((await readSchemaMark(sql)) !== schema) return false;
    await sql.unsafe(EMPTY_EVERYTHING);
  } finally {
    await sql.end();
  }
  const name = newDatabaseName();
  await admin`alter database ${admin(url.pathname.slice(1))} rename to ${admin(name)}`;
  await admin`insert into ${admin(SPARE)} (name) values (${name})`;
  return true;
}

/** The same for two databases when, since one was cloned from the other, no statement changed a definition. */
export async function readSchemaMark(sql: Sql): Promise<string> {
  const [row] = await sql<{ mark: string }[]>`
    select concat_ws(' ', ${sql.unsafe([...CATALOGS, MIGRATIONS].map(markOf).join(", "))}) as mark`;
  if (row === undefined) throw new Error("the catalogs cannot be read");
  return row.mark;
}

const CATALOGS = [
  "pg_class",
  "pg_attribute",
  "pg_attrdef",
  "pg_constraint",
  "pg_index",
  "pg_trigger",
  "pg_proc",
  "pg_type",
  "pg_rewrite",
  "pg_namespace",
  "pg_event_trigger",
  "pg_db_role_setting",
  "pg_sequence",
  "pg_enum",
  "pg_policy",
] as const;

/** Which of them were carried out: not emptied, so it must be untouched. */
const MIGRATIONS = "drizzle.__drizzle_migrations";

/** A change makes a row younger than all, a removal makes one fewer. Statistics are written in place. */
function markOf(catalog: string): string {
  return `(select count(*) || ':' || coalesce(max(xmin::text::bigint), 0) from ${catalog})`;
}

/** Past triggers and foreign keys; sequences begin again. A table of no size was never written to. */
const EMPTY_EVERYTHING = `
do $$
declare
  written regclass;
begin
  set local session_replication_role = replica;
  for written in
    select oid from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0
  loop
    execute format('delete from %s', written);
  end loop;
  perform setval(format('%I.%I', schemaname, sequencename), start_value, false)
  from pg_sequences where schemaname = 'public';
end $$`;
