import { promptRewrites } from "@ob/db";
import { expect, test } from "vitest";
import { GOOD, keeping, promptOf, startRewriting } from "../../testing/scripted-rewriter.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { createJob } from "../jobs/create-job.ts";
import { deleteJob } from "../jobs/delete-job.ts";
import { quoteJob } from "../jobs/quote-job.ts";
import { runSweeps } from "../sweeps/run-sweeps.ts";

test("after a day it is forgotten by the sweep, and with the job it is erased at once", async () => {
  const { world, asked } = await startRewriting();
  await quoteJob(world.caller, asked());
  world.clock.advance(24 * 3_600_000 - 1);
  await runSweeps(world.services);
  expect(await world.db.$count(promptRewrites)).toBe(1);
  world.clock.advance(2);
  await runSweeps(world.services);
  expect(await world.db.$count(promptRewrites)).toBe(0);

  const fresh = await world.addAsset(world.caller, { kind: "image", width: 96, height: 64 });
  await quoteJob(world.caller, asked({ imageAssetId: fresh }));
  const job = await createJob(world.caller, asked({ imageAssetId: fresh }));
  await cancelJob(world.caller, { jobId: job.id });
  await deleteJob(world.caller, { jobId: job.id });
  expect(await world.db.$count(promptRewrites)).toBe(0);
});

test("a job is erased also when its rewriting cannot be erased at once: the sweep forgets that", async () => {
  const { world, asked } = await startRewriting();
  await quoteJob(world.caller, asked());
  const job = await createJob(world.caller, asked());
  await cancelJob(world.caller, { jobId: job.id });
  const db = new Proxy(world.db, {
    get(target, key) {
      if (key === "delete") throw new Error("the database is away");
      const value: unknown = Reflect.get(target, key);
      return value;
    },
  });
  const away = { ...world.caller, services: { ...world.services, db } };
  expect(await deleteJob(away, { jobId: job.id })).toEqual({});
  expect(world.log.map(({ event }) => event)).toContain("rewrite.erase-failed");
});

test("what was shown again shortly before it would be forgotten is still there for the job", async () => {
  const { rewriter, world, asked } = await startRewriting();
  // Keeps the picture from being swept as one nobody uses.
  const other = await world.createJob();
  const first = await quoteJob(world.caller, asked());
  rewriter.answers(keeping(GOOD.replace("soft", "bright")));
  world.clock.advance(24 * 3_600_000 - 1);
  await runSweeps(world.services);
  const quote = await quoteJob(world.caller, asked());
  expect(quote.prompt.en).toBe(first.prompt.en);
  world.clock.advance(60_000);
  await runSweeps(world.services);
  const job = await createJob(world.caller, asked());
  expect(await promptOf(world, job.id)).toBe(quote.prompt.en);
  for (const { id } of [other, job]) await cancelJob(world.caller, { jobId: id });
});
