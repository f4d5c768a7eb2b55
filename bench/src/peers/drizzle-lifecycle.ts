import { randomUUID } from "node:crypto";
import type { Sql } from "@ob/db";
import { eq, sql as text } from "drizzle-orm";
import { integer, jsonb, pgSchema, text as textColumn, timestamp, uuid } from "drizzle-orm/pg-core";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";

const bench = pgSchema("bench");
const accounts = bench.table("accounts", {
  id: uuid("id").primaryKey(),
  available: integer("available").notNull(),
  held: integer("held").notNull(),
});
const jobs = bench.table("jobs", {
  id: uuid("id").primaryKey(),
  accountId: uuid("account_id").notNull(),
  status: textColumn("status").notNull(),
  credits: integer("credits").notNull(),
  input: jsonb("input").notNull(),
  runpodId: textColumn("runpod_id"),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
});
const ledger = bench.table("ledger", {
  id: uuid("id").primaryKey(),
  accountId: uuid("account_id").notNull(),
  jobId: uuid("job_id").notNull(),
  kind: textColumn("kind").notNull(),
  amount: integer("amount").notNull(),
});
const outbox = bench.table("outbox", { jobId: uuid("job_id").primaryKey() });
const webhookEvents = bench.table("webhook_events", { id: textColumn("id").primaryKey() });

const CREDITS = 3;

/** Makes the peer's tables and as many accounts. */
export async function makeDrizzleTables(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql`create table bench.accounts (id uuid primary key, available int not null check (available >= 0), held int not null check (held >= 0))`;
  await sql`create table bench.jobs (id uuid primary key, account_id uuid not null references bench.accounts, status text not null, credits int not null, input jsonb not null, runpod_id text, updated_at timestamptz not null)`;
  await sql`create index on bench.jobs (account_id)`;
  await sql`create table bench.ledger (id uuid primary key, account_id uuid not null, job_id uuid not null references bench.jobs, kind text not null, amount int not null, unique (job_id, kind))`;
  await sql`create table bench.outbox (job_id uuid primary key)`;
  await sql`create table bench.webhook_events (id text primary key)`;
  await sql`insert into bench.accounts select unnest(${[...ids]}::uuid[]), 1000000, 0`;
}

/**
 * The peer: how such a service is usually written. Three transactions of the query builder,
 * statement by statement: create and hold, submit, complete and capture.
 */
export async function drizzleLifecycle(db: PostgresJsDatabase, accountId: string): Promise<void> {
  const id = randomUUID();
  const runpodId = `peer-${id}`;
  await db.transaction(async (tx) => {
    await tx
      .update(accounts)
      .set({
        available: text`${accounts.available} - ${CREDITS}`,
        held: text`${accounts.held} + ${CREDITS}`,
      })
      .where(eq(accounts.id, accountId));
    const input = { prompt: "เปลี่ยนเสื้อเป็นสีฟ้า", seed: 7, mode: "fast" };
    const updatedAt = new Date();
    const job = { id, accountId, status: "queued", credits: CREDITS, input, updatedAt };
    await tx.insert(jobs).values(job);
    await tx.insert(ledger).values(entry(id, accountId, "hold"));
    await tx.insert(outbox).values({ jobId: id });
  });
  await db.transaction(async (tx) => {
    await tx
      .update(jobs)
      .set({ status: "running", runpodId, updatedAt: new Date() })
      .where(eq(jobs.id, id));
    await tx.delete(outbox).where(eq(outbox.jobId, id));
  });
  await db.transaction(async (tx) => {
    await tx.insert(webhookEvents).values({ id: runpodId });
    await tx.update(jobs).set({ status: "done", updatedAt: new Date() }).where(eq(jobs.id, id));
    await tx.insert(ledger).values(entry(id, accountId, "capture"));
    await tx
      .update(accounts)
      .set({ held: text`${accounts.held} - ${CREDITS}` })
      .where(eq(accounts.id, accountId));
  });
}

function entry(jobId: string, accountId: string, kind: "hold" | "capture") {
  return { id: randomUUID(), accountId, jobId, kind, amount: CREDITS };
}
