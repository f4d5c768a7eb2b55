import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, START, type World } from "../testing/create-world.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";
import { ATTEMPT_STATES, type AttemptState } from "./attempts.ts";

let sql: Sql;
let world: World;
testWorld({}, (parts) => void ({ sql, world } = parts));

/** An attempt brought to `state` by lawful steps. */
async function attemptIn(state: AttemptState): Promise<string> {
  const job = await world.job(await world.owner(10));
  const attempt = await world.attempt(job);
  const steps: Record<AttemptState, AttemptState[]> = {
    intent: [],
    unknown: ["unknown"],
    submitted: ["submitted"],
    finished: ["submitted", "finished"],
    dead: ["dead"],
  };
  for (const step of steps[state]) await move(attempt, step);
  return attempt;
}

function move(attempt: string, to: AttemptState) {
  const ended = to === "finished" || to === "dead" ? START : null;
  return sql`
    update attempts set state = ${to}, ended_at = ${ended},
      runpod_job_id = coalesce(runpod_job_id, ${`run-${attempt}`}),
      dead_reason = ${to === "dead" ? "failed" : null}
    where id = ${attempt}`;
}

const LAWFUL: Record<AttemptState, readonly AttemptState[]> = {
  intent: ["submitted", "unknown", "dead"],
  unknown: ["submitted", "dead"],
  submitted: ["finished", "dead"],
  finished: [],
  dead: [],
};
const PAIRS = ATTEMPT_STATES.flatMap((from) =>
  ATTEMPT_STATES.filter((to) => to !== from).map((to) => ({
    from,
    to,
    lawful: LAWFUL[from].includes(to),
  })),
);

test.each(PAIRS)("an attempt from $from to $to: lawful $lawful", async ({ from, to, lawful }) => {
  const attempt = await attemptIn(from);
  if (lawful) {
    await move(attempt, to);
    const [row] = await sql`select state from attempts where id = ${attempt}`;
    expect(row).toEqual({ state: to });
  } else {
    const frozen = from === "finished" || from === "dead";
    expect(await refusal(move(attempt, to))).toBe(
      frozen ? "attempts_terminal_frozen" : "attempts_state_graph",
    );
  }
});

test("an ended attempt stays as it is", async () => {
  const attempt = await attemptIn("dead");
  const change = sql`update attempts set failure_message = 'late' where id = ${attempt}`;
  expect(await refusal(change)).toBe("attempts_terminal_frozen");
});

test("what an attempt may send, its end of life and its run id never change", async () => {
  const attempt = await attemptIn("submitted");
  const changes = [
    sql`update attempts set dead_after = ${at(1)} where id = ${attempt}`,
    sql`update attempts set file_prefix = 'other' where id = ${attempt}`,
    sql`update attempts set token_sha256 = 'other' where id = ${attempt}`,
    sql`update attempts set runpod_job_id = 'other' where id = ${attempt}`,
  ];
  for (const change of changes) expect(await refusal(change)).toBe("attempts_facts_fixed");
});

test("a job has one live attempt", async () => {
  const attempt = await attemptIn("unknown");
  expect(await refusal(copy(attempt, { n: 2 }))).toBe("attempts_one_live");
});

test("an attempt begins as intent", async () => {
  const attempt = await attemptIn("dead");
  expect(await refusal(copy(attempt, { n: 2, state: "unknown" }))).toBe("attempts_state_graph");
});

test("attempts of a job are numbered once, and names, tokens and runs are never shared", async () => {
  const attempt = await attemptIn("dead");
  const [{ token_sha256: token, file_prefix: prefix } = {}] =
    await sql`select token_sha256, file_prefix from attempts where id = ${attempt}`;
  expect(await refusal(copy(attempt, { n: 1 }))).toBe("attempts_job_n");
  expect(await refusal(copy(attempt, { n: 2, token_sha256: token }))).toBe(
    "attempts_token_sha256_unique",
  );
  expect(await refusal(copy(attempt, { n: 2, file_prefix: prefix }))).toBe(
    "attempts_file_prefix_unique",
  );
  const other = await attemptIn("intent");
  const sameRun = sql`
    update attempts set state = 'submitted', runpod_job_id = ${`run-${attempt}`} where id = ${other}`;
  expect(await refusal(sameRun)).toBe("attempts_runpod_job_id_unique");
});

/** A copy of an attempt as a new intent, with `change`. */
function copy(attempt: string, change: Record<string, unknown>) {
  const id = world.id();
  const fresh = {
    id,
    state: "intent",
    runpod_job_id: null,
    ended_at: null,
    dead_reason: null,
    file_prefix: `out-${id}`,
    token_sha256: `token-${id}`,
    ...change,
  };
  return sql`
    insert into attempts select (jsonb_populate_record(a, ${JSON.stringify(fresh)}::text::jsonb)).*
    from attempts a where id = ${attempt}`;
}

test.each([
  ["attempts_id_when_submitted", "state = 'submitted'"],
  ["attempts_reason_when_dead", "state = 'dead', ended_at = now()"],
  ["attempts_reason_known", "state = 'dead', ended_at = now(), dead_reason = 'bored'"],
  ["attempts_ended", "state = 'dead', dead_reason = 'gone'"],
  [
    "attempts_ttl_passed",
    "state = 'dead', dead_reason = 'ttl', ended_at = dead_after - interval '1 ms'",
  ],
  ["attempts_message_bounded", "failure_message = repeat('x', 2001)"],
])("%s refuses: %s", async (constraint, change) => {
  const attempt = await attemptIn("intent");
  const refused = sql.unsafe(`update attempts set ${change} where id = $1`, [attempt]);
  expect(await refusal(refused)).toBe(constraint);
});

test("a result comes from an attempt of its own job", async () => {
  const owner = await world.owner(10);
  const { jobId } = await world.doneJob(owner);
  const other = await attemptIn("finished");
  const copied = sql`
    insert into results select (jsonb_populate_record(r, jsonb_build_object('job_id', j.id::text,
      'attempt_id', ${other}::text, 'object_key', 'x', 'preview_key', 'y'))).*
    from results r, jobs j where r.job_id = ${jobId} and j.id = ${await world.job(owner)}`;
  expect(await refusal(copied)).toBe("results_attempt_of_job");
});
