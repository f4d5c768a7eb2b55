import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { START, type World } from "../testing/create-world.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";

let sql: Sql;
let world: World;
testWorld({}, (parts) => void ({ sql, world } = parts));

interface Transfer {
  owner: string;
  kind: string;
  debit: string;
  credit: string;
  job?: string;
  amount?: number;
  author?: string;
  externalRef?: string;
}

function insertTransfer(t: Transfer) {
  return sql`
    insert into credit_transfers (id, owner_id, kind, amount, debit_account, credit_account,
      available_after, job_id, external_ref, reason, author, created_at)
    values (${world.id()}, ${t.owner}, ${t.kind}, ${t.amount ?? 3}, ${t.debit}, ${t.credit}, 0,
      ${t.job ?? null}, ${t.externalRef ?? null}, 'job', ${t.author ?? null}, ${START})`;
}

const hold = { kind: "hold", debit: "available", credit: "held" };
const capture = { kind: "capture", debit: "held", credit: "revenue" };
const release = { kind: "release", debit: "held", credit: "available" };

test.each(["available", "held", "debt"])("the %s balance is never negative", async (account) => {
  const owner = await world.owner(10);
  const overdraw = sql`
    update credit_balances set amount = -1 where owner_id = ${owner} and account = ${account}`;
  expect(await refusal(overdraw)).toBe("credit_balances_not_negative");
});

test("an owner has no other accounts", async () => {
  const owner = await world.owner(10);
  const other = sql`insert into credit_balances values (${owner}, 'gold', 1)`;
  expect(await refusal(other)).toBe("credit_balances_account_known");
});

test("a job is held for once", async () => {
  const owner = await world.owner(10);
  const job = await world.job(owner);
  expect(await refusal(insertTransfer({ owner, job, ...hold }))).toBe("credit_transfers_one_hold");
});

test("a job is settled once: neither twice the same way nor once each way", async () => {
  const owner = await world.owner(10);
  const { jobId: job } = await world.doneJob(owner);
  for (const settlement of [capture, release]) {
    expect(await refusal(insertTransfer({ owner, job, ...settlement }))).toBe(
      "credit_transfers_one_settlement",
    );
  }
});

test("a job that has not ended cannot be settled", async () => {
  const owner = await world.owner(10);
  const job = await world.job(owner);
  for (const settlement of [capture, release]) {
    expect(await refusal(insertTransfer({ owner, job, ...settlement }))).toBe(
      "credit_transfers_settle_ended_job",
    );
  }
});

test.each([
  { kind: "grant", debit: "available", credit: "grants" },
  { kind: "hold", debit: "held", credit: "available" },
  { kind: "capture", debit: "available", credit: "revenue" },
  { kind: "release", debit: "revenue", credit: "available" },
  { kind: "refund", debit: "available", credit: "revenue" },
  { kind: "adjust", debit: "held", credit: "adjustments", author: "someone" },
  { kind: "present", debit: "grants", credit: "available" },
])("$kind from $debit to $credit is the wrong direction", async (direction) => {
  const owner = await world.owner(10);
  const job = await world.job(owner);
  expect(await refusal(insertTransfer({ owner, job, ...direction }))).toBe(
    "credit_transfers_direction",
  );
});

test.each([0, -3])("an amount of %i is refused", async (amount) => {
  const owner = await world.owner(10);
  const grant = { owner, kind: "grant", debit: "grants", credit: "available", amount };
  expect(await refusal(insertTransfer(grant))).toBe("credit_transfers_amount_positive");
});

test.each([hold, capture, release])("$kind needs its job", async (transfer) => {
  const owner = await world.owner(10);
  expect(await refusal(insertTransfer({ owner, ...transfer }))).toBe(
    "credit_transfers_job_required",
  );
});

test("an adjustment needs its author", async () => {
  const owner = await world.owner(10);
  const adjust = { owner, kind: "adjust", debit: "adjustments", credit: "available" };
  expect(await refusal(insertTransfer(adjust))).toBe("credit_transfers_author_required");
});

test("one outside fact makes one transfer", async () => {
  const owner = await world.owner(10);
  const again = {
    owner,
    kind: "grant",
    debit: "grants",
    credit: "available",
    externalRef: `welcome:${owner}`,
  };
  expect(await refusal(insertTransfer(again))).toBe("credit_transfers_external_ref");
});

test("money of a job is its owner's money", async () => {
  const job = await world.job(await world.owner(10));
  const stranger = await world.owner(10);
  expect(await refusal(insertTransfer({ owner: stranger, job, ...capture }))).toBe(
    "credit_transfers_job_of_owner",
  );
});

test.each(["credit_transfers", "job_events"])("%s is append-only", async (table) => {
  await world.job(await world.owner(10));
  const changes = [
    sql`update ${sql(table)} set created_at = now()`,
    sql`delete from ${sql(table)}`,
    sql`truncate ${sql(table)}`,
  ];
  for (const change of changes) expect(await refusal(change)).toBe(`${table}_append_only`);
});

test("an event number is given out once per owner, and to his own jobs only", async () => {
  const owner = await world.owner(10);
  const job = await world.job(owner);
  const event = (ownerId: string, seq: number) => sql`
    insert into job_events (owner_id, seq, job_id, event, status, stage, created_at)
    values (${ownerId}, ${seq}, ${job}, 'waking', 'queued', 'waking', ${START})`;
  expect(await refusal(event(owner, 1))).toBe("job_events_owner_id_seq_pk");
  expect(await refusal(event(await world.owner(10), 1))).toBe("job_events_job_of_owner");
});

test("a request id is kept once per owner, and a job is made by one request", async () => {
  const owner = await world.owner(10);
  const job = await world.job(owner);
  const other = await world.job(owner);
  const [{ request_id: requestId } = {}] =
    await sql`select request_id from idempotency_keys where job_id = ${job}`;
  const keep = (request: string, jobId: string) => sql`
    insert into idempotency_keys values (${owner}, ${request}, 'hash', ${jobId}, '{}', ${START})`;
  expect(await refusal(keep(String(requestId), other))).toBe(
    "idempotency_keys_owner_id_request_id_pk",
  );
  expect(await refusal(keep(world.id(), job))).toBe("idempotency_keys_one_per_job");
});

test("an owner with money or jobs cannot be deleted", async () => {
  const owner = await world.owner(10);
  expect(await refusal(sql`delete from owners where id = ${owner}`)).toMatch(
    /owner_id_owners_id_fk$/u,
  );
});
