import { GpuUnauthorized, GpuUnavailable, type Leftovers } from "@ob/runpod";
import { expect, test } from "vitest";
import {
  completedReport,
  createFakeClock,
  createScriptedGpu,
  setup,
} from "../../../testing/index.ts";
import { sweepLeftovers } from "../../sweeps/sweep-leftovers.ts";

/** A world whose GPU side wants its pictures beforehand, and says what was asked of it. */
async function bringing() {
  const clock = createFakeClock();
  const brought: string[] = [];
  const discarded: Leftovers[] = [];
  const swept: Date[] = [];
  let act = (): Promise<void> => Promise.resolve();
  const gpu = {
    ...createScriptedGpu(),
    async prepare({ filePrefix }: { filePrefix: string }) {
      await act();
      brought.push(filePrefix);
    },
    async discard(leftovers: Leftovers) {
      discarded.push(leftovers);
    },
    async sweep(before: Date) {
      swept.push(before);
      return 3;
    },
  };
  const world = await setup({ gpu, clock });
  const whenBringing = (next: () => Promise<void>): void => {
    act = next;
  };
  return { world, brought, discarded, swept, whenBringing };
}

test("pictures are brought before the intent, so that however long it takes the attempt is sent", async () => {
  const { world, brought, whenBringing } = await bringing();
  whenBringing(async () => {
    expect(await world.sql`select from attempts`).toHaveLength(0);
    world.clock.advance(25_000);
  });
  await world.createJob();
  await world.driveDue();
  expect(world.gpu.runs.map(({ filePrefix }) => filePrefix)).toEqual(brought);
  expect(brought).toHaveLength(1);
});

test.each([
  ["are not to be brought for the moment", new GpuUnavailable("away"), 2_000, "warn"],
  ["may not be brought", new GpuUnauthorized("no", 403), 30_000, "error"],
] as const)("a job whose pictures %s waits, and loses neither a try nor credits", async (...it) => {
  const [, error, waitMs, level] = it;
  const { world, whenBringing } = await bringing();
  whenBringing(() => Promise.reject(error));
  const job = await world.createJob();
  await world.driveDue();
  expect(await world.sql`select from attempts`).toHaveLength(0);
  expect(await world.job(job)).toMatchObject({ status: "queued" });
  expect(await world.balance()).toMatchObject({ held: 3 });
  expect(world.log.find(({ event }) => event === "attempt.pictures-not-brought")?.level).toBe(
    level,
  );
  whenBringing(() => Promise.resolve());
  world.clock.advance(waitMs);
  await world.driveDue();
  expect(world.gpu.runs).toHaveLength(1);
});

test("what an attempt left is discarded when its job is over, and before another is tried", async () => {
  const { world, discarded } = await bringing();
  const job = await world.createJob({ maskAssetId: world.maskAssetId });
  world.gpu.script("no-connection", "accept");
  await world.driveDue();
  expect(discarded).toEqual([]);
  world.clock.advance(60_000);
  await world.driveDue();
  expect(discarded).toHaveLength(1);
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "done" });
  expect(discarded.at(-1)).toEqual({
    filePrefix: run.filePrefix,
    imageNames: run.attempt.images.map(({ name }) => name),
  });
  expect(new Set(discarded.map(({ filePrefix }) => filePrefix)).size).toBe(2);
});

test("once an hour every side is asked to sweep what is a day old", async () => {
  const { world, swept } = await bringing();
  const counts: number[] = [];
  for (let minute = 0; minute < 120; minute += 1) {
    counts.push(await sweepLeftovers(world.services));
    world.clock.advance(60_000);
  }
  expect(counts.filter((count) => count === 3)).toHaveLength(2);
  expect(swept).toHaveLength(2);
});
