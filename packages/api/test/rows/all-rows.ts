import {
  attempts,
  creditBalances,
  creditTransfers,
  type Db,
  jobEvents,
  jobs,
  objectErasures,
  owners,
  results,
} from "@ob/db";
import { inArray } from "drizzle-orm";
import type { MemoryTables } from "../../src/testing/memory-rows/memory-tables.ts";

/** Every row of these owners and jobs, as PostgreSQL has them. */
export async function rowsInSql(db: Db, ownerIds: string[], jobIds: string[]) {
  const balances = await db
    .select()
    .from(creditBalances)
    .where(inArray(creditBalances.ownerId, ownerIds));
  const amountOf = (ownerId: string, account: string) =>
    balances.find((row) => row.ownerId === ownerId && row.account === account)?.amount;
  const ofOwners = await db.select().from(owners).where(inArray(owners.id, ownerIds));
  const transfers = await db
    .select()
    .from(creditTransfers)
    .where(inArray(creditTransfers.ownerId, ownerIds))
    .orderBy(creditTransfers.ordinal);
  const found = await db.select().from(results).where(inArray(results.jobId, jobIds));
  return {
    owners: byId(ofOwners).map(({ id, lastSeq }) => ({
      id,
      lastSeq,
      available: amountOf(id, "available"),
      held: amountOf(id, "held"),
    })),
    jobs: byId(await db.select().from(jobs).where(inArray(jobs.id, jobIds))),
    attempts: byId(await db.select().from(attempts).where(inArray(attempts.jobId, jobIds))),
    transfers: transfers
      .filter(({ kind }) => kind !== "grant")
      .map(({ ordinal: _ordinal, ...row }) => row),
    events: (
      await db.select().from(jobEvents).where(inArray(jobEvents.ownerId, ownerIds))
    ).toSorted(bySeq),
    results: found.map(({ erasedAt: _erasedAt, ...row }) => row).toSorted(byJob),
    erasures: (await db.select().from(objectErasures)).toSorted(byKey),
  };
}

/** The same, as the model has them. */
export function rowsInMemory(tables: MemoryTables) {
  return {
    owners: [...tables.owners].map(([id, { lastSeq, available, held }]) => ({
      id,
      lastSeq,
      available,
      held,
    })),
    jobs: byId([...tables.jobs.values()]),
    attempts: byId([...tables.attempts.values()].flat()),
    transfers: tables.transfers,
    events: tables.events.toSorted(bySeq),
    results: [...tables.results.values()].toSorted(byJob),
    erasures: [...tables.erasures]
      .map(([objectKey, dueAt]) => ({ objectKey, dueAt }))
      .toSorted(byKey),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byId = <Row extends { id: string }>(rows: Row[]) =>
  rows.toSorted((a, b) => compare(a.id, b.id));
const bySeq = (a: { ownerId: string; seq: number }, b: { ownerId: string; seq: number }) =>
  compare(a.ownerId, b.ownerId) || a.seq - b.seq;
const byJob = (a: { jobId: string }, b: { jobId: string }) => compare(a.jobId, b.jobId);
const byKey = (a: { objectKey: string }, b: { objectKey: string }) =>
  compare(a.objectKey, b.objectKey);

/** Dates as texts, keys in order, and kept answers as what they say: jsonb has its own spacing. */
export function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) =>
      key === "response" && typeof part === "string" ? readText(part) : part,
    ),
  );
}

function readText(text: string): unknown {
  return JSON.parse(text);
}
