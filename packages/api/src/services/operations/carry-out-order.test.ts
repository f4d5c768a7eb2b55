import { randomUUID } from "node:crypto";
import { operatorActions } from "@ob/db";
import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { carryOutOrder, type JobOrder } from "./carry-out-order.ts";
import { showOperatorJob } from "./show-operator-job.ts";

type OfEach<Order> = Order extends unknown ? Omit<Order, "author" | "reason"> : never;
type Asked = OfEach<JobOrder>;

/** Carries an order out while `drive` does what the live driver would meanwhile. */
function order(world: World, asked: Asked, drive: () => Promise<unknown> = world.driveDue) {
  const sleep = async (ms: number) => {
    world.clock.advance(ms);
    await drive();
  };
  const by = { author: "ann", reason: "the customer called" };
  const full: JobOrder = { ...asked, ...by };
  return carryOutOrder({ services: world.services, sleep, followMs: 2_000 }, full);
}

/** A job whose result is there and cannot be stored, because the disk is full. */
async function storing(world: World) {
  const { put } = world.store;
  const disk = { isFull: true };
  world.store.put = async (...args) => {
    if (disk.isFull) throw new Error("no space left on https://disk.example/a?signature=abc");
    await put(...args);
  };
  const job = await world.createJob();
  await world.driveDue();
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile(job);
  return { job, disk };
}

test("a woken job is followed until it changes; one that does not says so", async () => {
  const world = await setup();
  const job = await world.createJob();
  const reconciled = await order(world, { action: "reconcile", jobId: job.id });
  expect(reconciled).toMatchObject({
    kind: "followed",
    before: { status: "queued", attemptN: null },
    after: { attemptN: 1, attemptState: "submitted" },
  });
  const nobodyDrives = async () => 0;
  const again = await order(world, { action: "reconcile", jobId: job.id }, nobodyDrives);
  expect(again).toMatchObject({ kind: "followed", after: null });
  expect(await world.db.select().from(operatorActions)).toMatchObject([
    { action: "reconcile", jobId: job.id, author: "ann", reason: "the customer called" },
    { action: "reconcile" },
  ]);
});

test("a result that cannot be stored shows why, gets more time, and is replayed when the disk has room", async () => {
  const world = await setup();
  const { job, disk } = await storing(world);
  const show = () => showOperatorJob(world.services, job.id);
  const stuck = await show();
  expect(stuck).toMatchObject({
    job: { status: "storing" },
    collectTrouble: {
      failures: 1,
      message: "Error: no space left on https://disk.example/a?[query]",
    },
    next: { step: "collect", deadlineAt: expect.any(Date), collectBy: expect.any(Date) },
  });
  const extended = await order(world, { action: "extend", jobId: job.id, minutes: 20 });
  expect(extended).toEqual({
    kind: "extended",
    collectBy: new Date(world.clock.now().getTime() + 20 * 60_000),
  });
  const far = await order(world, { action: "extend", jobId: job.id, minutes: 10 });
  expect(far).toEqual({ kind: "refused", code: "NO_TIME_LEFT" });

  world.clock.advance(15 * 60_000);
  disk.isFull = false;
  expect(await order(world, { action: "replay", jobId: job.id })).toMatchObject({
    kind: "followed",
    after: { status: "done" },
  });
  expect(await world.balance()).toEqual({ available: 17, held: 0 });
  expect((await show())?.actions.map(({ action }) => action)).toEqual([
    "extend",
    "extend",
    "replay",
  ]);
  expect(await order(world, { action: "replay", jobId: job.id })).toEqual({
    kind: "refused",
    code: "NOT_STORING",
  });
  expect(await order(world, { action: "extend", jobId: job.id, minutes: 5 })).toEqual({
    kind: "refused",
    code: "NOT_STORING",
  });
});

test("cancel is the owner's own wish; retry makes one new job of his and holds its price", async () => {
  const world = await setup({ credits: 5 });
  const job = await world.createJob();
  await world.driveDue();
  const retry = { action: "retry", jobId: job.id, requestId: randomUUID() } as const;
  expect(await order(world, retry)).toEqual({ kind: "refused", code: "JOB_NOT_RETRIABLE" });
  expect(await order(world, { action: "cancel", jobId: job.id })).toMatchObject({
    kind: "followed",
    after: { status: "cancelled" },
  });
  const retried = await order(world, retry);
  expect(await order(world, retry)).toEqual(retried);
  if (retried.kind !== "retried") throw new Error(`it was ${retried.kind}`);
  expect(await world.job({ id: retried.newJobId })).toMatchObject({ retryOf: job.id });
  expect((await showOperatorJob(world.services, job.id))?.retriedBy).toEqual([retried.newJobId]);
  expect(await world.balance()).toEqual({ available: 2, held: 3 });
  world.gpu.speak("unavailable");
  const whileDown = { ...retry, requestId: randomUUID() };
  expect(await order(world, whileDown)).toEqual({ kind: "refused", code: "GPU_UNAVAILABLE" });
  world.gpu.speak("clear");
  await world.services.gpus.sides[0].probe(new AbortController().signal);
  const poor = { ...retry, requestId: randomUUID() };
  expect(await order(world, poor)).toEqual({ kind: "refused", code: "INSUFFICIENT_CREDITS" });
  expect(await order(world, { action: "cancel", jobId: randomUUID() })).toEqual({
    kind: "not-found",
  });
});
