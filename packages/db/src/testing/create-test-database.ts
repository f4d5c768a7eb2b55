import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { inject } from "vitest";
import { type Db, openDb, type Sql } from "../client.ts";
import { checkInvariants } from "../invariants/check-invariants.ts";
import type {} from "./provided-context.ts";
import { giveBack, newDatabaseName, takeSpare } from "./spare-databases.ts";

export interface TestDatabaseOptions {
  /** Connections of each of the two pools. */
  poolSize?: number;
  /** False only where a test breaks the invariants on purpose; nobody else gets such a database. */
  checkInvariants?: boolean;
}

/** Far beyond what a backend takes to leave, on the busiest machine. */
const LEAVING_MS = 20_000;

/** A fresh, migrated database of one's own. */
export interface TestDatabase {
  readonly url: string;
  readonly db: Db;
  /** Raw client for the hot functions. */
  readonly sql: Sql;
  /** The same, for what may be taken back. @see DbConnection.hints */
  readonly hints: Sql;
  /**
   * Checks every invariant that does not depend on the time, closes the pools, and gives the database
   * back: emptied, or dropped where something is wrong with it.
   * @param options.areChecked - whoever asked them himself, at the very end, need not wait for them again
   * @throws Error when an invariant is broken or somebody else still holds a connection.
   */
  close(options?: { areChecked: boolean }): Promise<void>;
}

/** An empty database with the template's schema. Needs `src/testing/global-setup.ts` as a vitest global setup. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { clusterUrl, template, schema } = inject("obDatabase");
  const admin = postgres(clusterUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  // At length each test has one that nobody had before it.
  const spare = inject("rounds") > 1 ? null : await takeSpare(admin);
  const name = spare ?? (await cloneTemplate(admin, template));

  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  const connection = openDb({
    url: url.href,
    poolSize: options.poolSize ?? 4,
    applicationName: "ob-test",
  });
  const checks = options.checkInvariants !== false;
  return {
    url: url.href,
    db: connection.db,
    sql: connection.sql,
    hints: connection.hints,
    async close({ areChecked } = { areChecked: false }) {
      let isSpare = false;
      try {
        if (checks && !areChecked) await assertInvariants(connection.sql);
        await connection.close(5_000);
        await assertNobodyConnected(admin, name);
        isSpare = checks && (await giveBack(admin, url, schema));
      } finally {
        if (!isSpare) await admin`drop database ${admin(name)} with (force)`;
        await admin.end();
      }
    },
  };
}

async function cloneTemplate(admin: Sql, template: string): Promise<string> {
  const name = newDatabaseName();
  await admin`create database ${admin(name)} template ${admin(template)}`;
  return name;
}

async function assertInvariants(sql: Sql): Promise<void> {
  // Before every deadline, so that only what holds at any time is judged.
  const broken = await checkInvariants(sql, { now: new Date(0) });
  const violations = broken.filter((check) => check.violations.length > 0);
  if (violations.length > 0) {
    throw new Error(`invariants broken: ${JSON.stringify(violations, null, 2)}`);
  }
}

/** A backend leaves pg_stat_activity only a moment after its socket closed, so the question is asked for a while. */
async function assertNobodyConnected(admin: Sql, name: string): Promise<void> {
  const askedUntil = performance.now() + LEAVING_MS;
  for (;;) {
    const left = await admin<{ application_name: string; query: string }[]>`
      select application_name, query from pg_stat_activity
      where datname = ${name} and backend_type = 'client backend'`;
    if (left.length === 0) return;
    if (performance.now() > askedUntil) {
      throw new Error(`connections leaked: ${JSON.stringify(left)}`);
    }
    await pause(20);
  }
}
