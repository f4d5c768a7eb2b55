import { readdir, readFile } from "node:fs/promises";
import postgres from "postgres";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { migrate } from "./migrate.ts";
import { readMigrationState } from "./migration-state.ts";

let admin: postgres.Sql;
let url: string;
let name: string;
let number = 0;
beforeEach(async () => {
  const { clusterUrl } = inject("obDatabase");
  admin = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  name = `migrate_${++number}`;
  await admin`create database ${admin(name)}`;
  const own = new URL(clusterUrl);
  own.pathname = `/${name}`;
  url = own.href;
});
afterEach(async () => {
  await admin`drop database ${admin(name)} with (force)`;
  await admin.end();
});

const FOLDER = new URL("./migrations/", import.meta.url);

async function query(statement: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe<Record<string, unknown>[]>(statement))];
  } finally {
    await sql.end();
  }
}

test("servers that boot together migrate once, and a later boot finds nothing to do", async () => {
  await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
  await migrate(url);
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".sql"));
  const applied = await query("select hash from drizzle.__drizzle_migrations");
  expect(applied).toHaveLength(files.length);
  expect(files.length).toBeGreaterThan(3);
});

test("what a database lacks is told without touching it, before and after its migrations", async () => {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const before = await readMigrationState(sql);
    expect(before.missing[0]).toBe("0000_tables");
    expect(await query("select from pg_namespace where nspname = 'drizzle'")).toHaveLength(0);
    await migrate(url);
    expect(await readMigrationState(sql)).toEqual({ missing: [], unknown: 0 });
  } finally {
    await sql.end();
  }
});

test("a server that boots while another migrates waits for it", async () => {
  const holder = postgres(url, { max: 1, onnotice: () => {} });
  await holder`select pg_advisory_lock(7140113846)`;
  const waiting = migrate(url);
  const waiters = () =>
    query(
      "select 1 from pg_stat_activity where application_name = 'ob-migrate' and wait_event = 'advisory'",
    );
  while ((await waiters()).length === 0);
  expect(await query("select to_regclass('jobs') as jobs")).toEqual([{ jobs: null }]);
  await holder.end();
  await waiting;
  expect(await query("select to_regclass('jobs')::text as jobs")).toEqual([{ jobs: "jobs" }]);
});

test("a migration that fails leaves the database as it was, and the lock free", async () => {
  // Something of ours stands in the way of a later migration, after the tables of the first were made.
  await query(
    "create function job_wake_v1(p_job_id uuid, p_now timestamptz) returns void language sql as ''",
  );
  await expect(migrate(url)).rejects.toThrow("job_wake_v1");
  expect(await query("select to_regclass('jobs') as jobs")).toEqual([{ jobs: null }]);
  await query("drop function job_wake_v1");
  await migrate(url);
});

test("functions are versioned and never replaced: an old server may still call them", async () => {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".sql"));
  const text = (
    await Promise.all(files.map((file) => readFile(new URL(file, FOLDER), "utf8")))
  ).join("\n");
  const names = [...text.matchAll(/create\s+(or\s+replace\s+)?function\s+(\w+)/giu)];
  expect(names.length).toBeGreaterThan(15);
  expect(
    names.filter((match) => match[1] !== undefined || !/_v\d+$/u.test(match[2] ?? "")),
  ).toEqual([]);
  expect(text).not.toMatch(/(drop|alter)\s+function/iu);
});
