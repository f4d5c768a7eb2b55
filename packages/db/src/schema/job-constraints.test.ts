import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, START, type World } from "../testing/create-world.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";

let sql: Sql;
let world: World;
// Closing also shows that nothing refused here left a trace: all invariants hold.
testWorld({}, (parts) => void ({ sql, world } = parts));

async function oneJob(): Promise<{ owner: string; job: string }> {
  const owner = await world.owner(10);
  return { owner, job: await world.job(owner) };
}

test("a job begins queued", async () => {
  const { job } = await oneJob();
  const copy = sql`
    insert into jobs select (jsonb_populate_record(j, jsonb_build_object('id', ${world.id()}::text,
      'status', 'running', 'stage', 'drawing'))).* from jobs j where id = ${job}`;
  expect(await refusal(copy)).toBe("jobs_status_graph");
});

test.each([
  ["queued", "done"],
  ["running", "done"],
  ["storing", "queued"],
  ["storing", "running"],
  ["storing", "cancelled"],
] as const)("a job cannot go from %s to %s", async (from, to) => {
  const { job } = await oneJob();
  if (from === "running") await world.apply(job, { event: "started", from: ["queued"], to: from });
  if (from === "storing") await world.finish(job, await world.attempt(job));
  expect(await refusal(sql`update jobs set status = ${to} where id = ${job}`)).toBe(
    "jobs_status_graph",
  );
  // Storing may end well or badly, so let it end.
  if (from === "storing") {
    await world.apply(job, {
      event: "unusable",
      from: ["storing"],
      to: "failed",
      credits: "release",
      facts: { errorCode: "RESULT_UNUSABLE" },
    });
  }
});

test.each(["done", "cancelled", "failed"] as const)("a %s job stays as it is", async (status) => {
  const owner = await world.owner(10);
  let job: string;
  if (status === "done") {
    job = (await world.doneJob(owner)).jobId;
  } else {
    job = await world.job(owner);
    await world.apply(job, {
      event: "ended",
      from: ["queued"],
      to: status,
      credits: "release",
      facts: status === "failed" ? { errorCode: "GPU_FAILED" } : {},
    });
  }
  const changes = [
    sql`update jobs set status = 'queued', stage = 'waiting', finished_at = null where id = ${job}`,
    sql`update jobs set status = 'storing', stage = 'storing', finished_at = null where id = ${job}`,
    sql`update jobs set credits = 1 where id = ${job}`,
    sql`update jobs set progress = 0.5 where id = ${job}`,
    sql`update jobs set finished_at = ${at(1)} where id = ${job}`,
    sql`update jobs set last_seq = last_seq + 1 where id = ${job}`,
    sql`update jobs set input = '{}' where id = ${job}`,
    sql`update jobs set prompt_en = 'other' where id = ${job}`,
  ];
  for (const change of changes) expect(await refusal(change)).toBe("jobs_terminal_frozen");
});

test("an ended job may still be driven and erased, but erased only once", async () => {
  const owner = await world.owner(10);
  const { jobId } = await world.doneJob(owner);
  await sql`
    update jobs set due_at = ${START}, wakes = wakes + 1, lease_owner = 'driver', lease_until = ${at(1)}
    where id = ${jobId}`;
  await sql`update jobs set erased_at = ${START}, input = null, prompt_en = null where id = ${jobId}`;
  expect(await refusal(sql`update jobs set erased_at = ${at(1)} where id = ${jobId}`)).toBe(
    "jobs_terminal_frozen",
  );
  const { lease_owner: leaseOwner } =
    (await sql`select lease_owner from jobs where id = ${jobId}`)[0] ?? {};
  expect(leaseOwner).toBe("driver");
});

test("erasing takes words and moment together, of ended jobs only", async () => {
  const owner = await world.owner(10);
  const { jobId } = await world.doneJob(owner);
  expect(await refusal(sql`update jobs set erased_at = ${START} where id = ${jobId}`)).toBe(
    "jobs_input_until_erased",
  );
  expect(await refusal(sql`update jobs set prompt_en = null where id = ${jobId}`)).toBe(
    "jobs_input_until_erased",
  );
  const live = await world.job(owner);
  expect(await refusal(sql`update jobs set erased_at = ${START} where id = ${live}`)).toBe(
    "jobs_erased_when_terminal",
  );
});

test("what a job was asked and costs never changes, even while it lives", async () => {
  const { job } = await oneJob();
  const changes = [
    sql`update jobs set credits = 1 where id = ${job}`,
    sql`update jobs set prompt_en = 'other' where id = ${job}`,
    sql`update jobs set plan = '{}' where id = ${job}`,
    sql`update jobs set created_at = ${at(1)} where id = ${job}`,
  ];
  for (const change of changes) expect(await refusal(change)).toBe("jobs_facts_fixed");
});

test("a job ends only together with its settlement", async () => {
  const { job } = await oneJob();
  const end = sql`
    update jobs set status = 'cancelled', stage = 'cancelled', finished_at = ${START} where id = ${job}`;
  expect(await refusal(end)).toBe("jobs_settled");
});

test("a job is done only with a capture and a result", async () => {
  const { job } = await oneJob();
  const attempt = await world.attempt(job);
  await world.finish(job, attempt);
  const done = { event: "stored", from: ["storing"], to: "done" } as const;
  expect(await refusal(world.apply(job, { ...done, credits: "capture" }))).toBe("jobs_settled");
  await world.store(job, attempt);
  const [row] = await sql`select status from jobs where id = ${job}`;
  expect(row).toEqual({ status: "done" });
});

test("a result belongs to a done job", async () => {
  const { job } = await oneJob();
  const attempt = await world.attempt(job);
  const early = sql`
    insert into results (job_id, attempt_id, object_key, preview_key, sha256, content_type, bytes, width,
      height, fidelity, created_at)
    values (${job}, ${attempt}, 'a', 'b', 'c', 'image/png', 1, 1, 1, '{}', ${START})`;
  expect(await refusal(early)).toBe("results_of_done_job");
});

test("a delivered result stays as it is", async () => {
  const { jobId } = await world.doneJob(await world.owner(10));
  const change = sql`update results set sha256 = 'other' where job_id = ${jobId}`;
  expect(await refusal(change)).toBe("results_frozen");
});

test.each([
  ["jobs_status_known", "status = 'lost', stage = 'lost'"],
  ["jobs_stage_of_status", "stage = 'drawing'"],
  ["jobs_progress_range", "progress = 1.5"],
  ["jobs_finished_when_terminal", "finished_at = now()"],
  ["jobs_error_when_failed", "error_code = 'GPU_FAILED'"],
  [
    "jobs_error_known",
    "status = 'failed', stage = 'failed', finished_at = now(), error_code = 'OOPS'",
  ],
  ["jobs_collect_by_when_storing", "status = 'storing', stage = 'storing'"],
  ["jobs_tries_not_negative", "tries = -1"],
  ["jobs_lease_whole", "lease_owner = 'driver'"],
])("%s refuses: %s", async (constraint, change) => {
  const { job } = await oneJob();
  const status = constraint === "jobs_status_known" ? "replica" : "origin";
  const refused = sql.begin(async (tx) => {
    // An unknown status is caught by the status graph first; without it the check itself must refuse.
    await tx`select set_config('session_replication_role', ${status}, true)`;
    await tx.unsafe(`update jobs set ${change} where id = $1`, [job]);
  });
  expect(await refusal(refused)).toBe(constraint);
});

test("a job uses pictures of its own owner only, and retries only his jobs", async () => {
  const { job } = await oneJob();
  const stranger = await world.owner(10);
  const foreign = await world.asset(stranger);
  const foreignJob = await world.job(stranger);
  const copyWith = (change: Record<string, string>) => sql`
    insert into jobs select (jsonb_populate_record(j, ${JSON.stringify({ id: world.id(), ...change })}::text::jsonb)).*
    from jobs j where id = ${job}`;
  expect(await refusal(copyWith({ image_asset_id: foreign }))).toBe("jobs_image_of_owner");
  expect(await refusal(copyWith({ mask_asset_id: foreign }))).toBe("jobs_mask_of_owner");
  expect(await refusal(copyWith({ retry_of: foreignJob }))).toBe("jobs_retry_of_owner");
});

test.each(["jobs", "attempts", "results"])(
  "rows of %s are never deleted or truncated",
  async (table) => {
    await world.doneJob(await world.owner(10));
    expect(await refusal(sql`delete from ${sql(table)}`)).toBe(`${table}_no_delete`);
    expect(await refusal(sql`truncate ${sql(table)} cascade`)).toMatch(
      /_no_delete$|_append_only$/u,
    );
  },
);

test("the guard looks at every column but those that leases and wake-ups change", async () => {
  const rows = await sql<{ name: string }[]>`
    select a.attname as name from pg_attribute a
    where a.attrelid = 'jobs'::regclass and a.attnum > 0 and not a.attisdropped
      and not exists (select from pg_trigger t
        where t.tgrelid = a.attrelid and t.tgname = 'jobs_guard' and a.attnum = any (t.tgattr))
    order by name`;
  expect(rows.map(({ name }) => name)).toEqual(["due_at", "lease_owner", "lease_until", "wakes"]);
});
