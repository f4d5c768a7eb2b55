import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../../testing/index.ts";
import type { DriveRows } from "./drive-rows.ts";

/** From the submit on the database fails `times` times, before or after its effect. */
function failAfterSubmit(world: World, o: { times: number; afterEffect: boolean }): void {
  let left = 0;
  world.gpu.duringSubmit(async () => {
    left = o.times;
  });
  const { rows } = world.services;
  async function fail<T>(act: () => Promise<T>): Promise<T> {
    if (left === 0) return act();
    left -= 1;
    if (o.afterEffect) await act();
    throw new Error("the database is away");
  }
  const failing: DriveRows = {
    ...rows,
    read: (asked) => fail(() => rows.read(asked)),
    apply: (move) => fail(() => rows.apply(move)),
    applyAttempt: (move) => fail(() => rows.applyAttempt(move)),
  };
  Object.assign(world.services, { rows: failing });
}

test.each([
  ["fails three times", { times: 3, afterEffect: false }],
  ["keeps what it was told, but its answers are lost", { times: 3, afterEffect: true }],
])("the id of an accepted submit is not forgotten when the database %s", async (_how, trouble) => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  failAfterSubmit(world, trouble);
  await world.reconcile(job);
  expect(await world.sql`select state, runpod_job_id from attempts`).toEqual([
    { state: "submitted", runpod_job_id: "run-1" },
  ]);
  expect(world.gpu.cancelled).toEqual([]);
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "done" });
  expect(world.gpu.runs).toHaveLength(1);
});

test("a database that stays away is not asked for ever", async () => {
  const world = await setup();
  const job = await world.createJob();
  failAfterSubmit(world, { times: 100_000, afterEffect: false });
  await expect(world.reconcile(job)).rejects.toThrow("the database is away");
  const asked = world.log.filter(({ event }) => event === "attempt.settle-again");
  const { leaseMs } = world.services.gpuSettings;
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.length * 250).toBeLessThanOrEqual(leaseMs);
});
