import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, START, type World } from "../testing/create-world.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";
import { jobEraseV2 } from "./job-erase-v2.ts";
import { noteCollectTrouble } from "./note-collect-trouble.ts";
import { noteSightings } from "./note-sightings.ts";
import { type IncidentRecord, recordIncident } from "./record-incident.ts";

let sql: Sql;
let world: World;
testWorld({}, (parts) => void ({ sql, world } = parts));

function incident(change: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    id: randomUUID(),
    backend: "runpod:test",
    operation: "submit",
    cause: "bad-key",
    firstAt: START,
    lastAt: START,
    occurrences: 1,
    filePrefixes: [],
    runpodJobIds: [],
    exchangeJson: '{"n":1}',
    ...change,
  };
}

test("the first exchange of a minute is kept whole, the others are counted and name their attempts", async () => {
  const owner = await world.owner(20);
  const attempts = [];
  for (let n = 0; n < 3; n += 1) attempts.push(await world.attempt(await world.job(owner)));
  const [first, second] = attempts;
  const cause = "kept-whole";
  await recordIncident(sql, incident({ cause, filePrefixes: [`out-${first}`, "nobody's"] }));
  await recordIncident(
    sql,
    incident({
      cause,
      occurrences: 3,
      filePrefixes: [`out-${first}`, `out-${second}`],
      firstAt: at(59_000),
      lastAt: at(61_000),
      exchangeJson: '{"n":2}',
    }),
  );
  await recordIncident(sql, incident({ cause, firstAt: at(60_000), lastAt: at(60_000) }));
  const rows = await sql`
    select minute, first_at, last_at, occurrences, exchange,
      array(select unnest(attempt_ids) order by 1) as attempt_ids
    from gpu_incidents where cause = ${cause} order by minute`;
  expect(rows[0]).toMatchObject({
    minute: START,
    first_at: START,
    last_at: at(61_000),
    occurrences: 4,
    exchange: { n: 1 },
    attempt_ids: [first, second],
  });
  expect(rows[1]).toMatchObject({ minute: at(60_000), occurrences: 1, attempt_ids: [] });
});

test("of attempts that met an incident fifty are named", async () => {
  const owner = await world.owner(400);
  const filePrefixes = [];
  for (let n = 0; n < 60; n += 1) {
    filePrefixes.push(`out-${await world.attempt(await world.job(owner))}`);
  }
  const record = incident({ cause: "many" });
  await recordIncident(sql, { ...record, filePrefixes: filePrefixes.slice(0, 30) });
  await recordIncident(sql, { ...record, filePrefixes: filePrefixes.slice(10) });
  const [row] = await sql`
    select cardinality(attempt_ids) as named, occurrences from gpu_incidents where cause = 'many'`;
  expect(row).toEqual({ named: 50, occurrences: 2 });
});

test("only the first sight of an ended job is noted, and it stays", async () => {
  const owner = await world.owner(20);
  const { jobId } = await world.doneJob(owner);
  const open = await world.job(owner);
  const both = (ms: number) => [
    { jobId, seenAt: at(ms) },
    { jobId: open, seenAt: at(ms) },
    { jobId: randomUUID(), seenAt: at(ms) },
  ];
  await noteSightings(sql, both(5));
  await noteSightings(sql, [...both(9), ...both(9)]);
  const rows = await sql`select * from job_sightings where job_id in (${jobId}, ${open})`;
  expect([...rows]).toEqual([{ job_id: jobId, seen_at: at(5) }]);
  const refused = [
    sql`update job_sightings set seen_at = ${START}`,
    sql`delete from job_sightings`,
    sql`truncate job_sightings`,
  ];
  for (const change of refused) expect(await refusal(change)).toBe("job_sightings_append_only");
});

test("the last trouble of storing is kept and counted, and goes when the job is erased", async () => {
  const owner = await world.owner(20);
  const { jobId } = await world.doneJob(owner);
  const wild = `disk full\0${"🎨".repeat(400)}`;
  await noteCollectTrouble(sql, { jobId, message: "no answer", now: at(7) });
  await noteCollectTrouble(sql, { jobId, message: wild, now: at(3) });
  const [row] = await sql`select * from collect_troubles where job_id = ${jobId}`;
  expect(row).toMatchObject({ failures: 2, first_at: at(7), last_at: at(7) });
  expect(row?.["message"]).toMatch(/^disk full 🎨/u);
  await jobEraseV2(sql, { jobId, ownerId: owner, now: at(9) });
  expect(await sql`select from collect_troubles where job_id = ${jobId}`).toHaveLength(0);
});

test("an operator's orders are never rewritten", async () => {
  const { jobId } = await world.doneJob(await world.owner(20));
  await sql`insert into operator_actions values (${randomUUID()}, 'cancel', ${jobId}, 'ann', 'asked to', ${START})`;
  const refused = [
    sql`update operator_actions set reason = 'other'`,
    sql`delete from operator_actions`,
    sql`truncate operator_actions`,
  ];
  for (const change of refused) expect(await refusal(change)).toBe("operator_actions_append_only");
});
