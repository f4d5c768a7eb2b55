import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Sql } from "../client.ts";
import { createTestDatabase } from "./create-test-database.ts";
import { createWorld } from "./create-world.ts";
import { giveBack, makeSpareList, takeSpare } from "./spare-databases.ts";

const { clusterUrl, template, schema } = inject("obDatabase");

function open(name: string): { url: URL; sql: Sql } {
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return { url, sql: postgres(url.href, { max: 1, onnotice: () => {} }) };
}

/** With a list of its own, so that no other test takes what this one gives back. */
let admin: Sql;
const made: string[] = [];

async function makeDatabase(model: string): Promise<string> {
  const name = `spare_${randomUUID().replaceAll("-", "")}`;
  const { sql } = open("postgres");
  await sql`create database ${sql(name)} template ${sql(model)}`;
  await sql.end();
  made.push(name);
  return name;
}

beforeAll(async () => {
  admin = open(await makeDatabase("template1")).sql;
  await makeSpareList(admin);
});

afterAll(async () => {
  await admin.end();
  const { sql } = open("postgres");
  for (const name of made) await sql`drop database if exists ${sql(name)}`;
  await sql.end();
});

/** Every row of every table, and where every sequence stands. */
async function readAll(sql: Sql): Promise<Record<string, unknown>> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`;
  const found: Record<string, unknown> = {};
  for (const { name } of tables) found[name] = [...(await sql`select * from ${sql(name)}`)];
  found["sequences"] = [
    ...(await sql`select sequencename, last_value from pg_sequences where schemaname = 'public'`),
  ];
  return found;
}

test("a database that was given back is as empty as one nobody ever wrote to, and is given once", async () => {
  const name = await makeDatabase(template);
  const { url, sql } = open(name);
  const untouched = await readAll(sql);
  const world = createWorld(sql);
  await world.doneJob(await world.owner(20));
  const written = await readAll(sql);
  expect(written["jobs"]).toHaveLength(1);
  expect(written["sequences"]).not.toEqual(untouched["sequences"]);
  await sql.end();
  const { sql: late } = open(name);

  expect(await giveBack(admin, url, schema)).toBe(true);
  const taken = await takeSpare(admin);
  if (taken === null) throw new Error("nothing was given back");
  made.push(taken);
  // Whoever still knows the old name is told so, and writes into nobody's test.
  await expect(late`select 1`).rejects.toThrow("does not exist");
  expect(await takeSpare(admin)).toBeNull();
  const again = open(taken).sql;
  expect(await readAll(again)).toEqual(untouched);
  await Promise.all([again.end(), late.end()]);
});

test.each([
  "alter table jobs disable trigger jobs_guard",
  "drop index attempts_one_live",
  "alter table credit_balances drop constraint credit_balances_not_negative",
  "alter table owners alter column kind drop not null",
  "alter table owners alter column kind set default 'guest'",
  "create table more (id int)",
  "delete from drizzle.__drizzle_migrations where id = 1",
  "create or replace function job_wake_v1(p_job_id uuid, p_now timestamptz) returns void language sql as ''",
])("nobody is given a database in which somebody said: %s", async (statement) => {
  const { url, sql } = open(await makeDatabase(template));
  await sql.unsafe(statement);
  await sql.end();
  expect(await giveBack(admin, url, schema)).toBe(false);
  expect(await takeSpare(admin)).toBeNull();
});

test("a database whose invariants a test broke on purpose is dropped", async () => {
  const broken = await createTestDatabase({ checkInvariants: false });
  const name = new URL(broken.url).pathname.slice(1);
  const { sql } = open("postgres");
  expect(await sql`select 1 from pg_database where datname = ${name}`).toHaveLength(1);
  await broken.close();
  expect(await sql`select 1 from pg_database where datname = ${name}`).toHaveLength(0);
  await sql.end();
});

test("two who ask at once are given two databases", async () => {
  const given = await Promise.all([1, 2, 3].map(() => createTestDatabase()));
  expect(new Set(given.map(({ url }) => url)).size).toBe(3);
  for (const database of given) await database.close();
});
