import { readCanvasPlan } from "@ob/workflow/canvas";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { World } from "../testing/create-world.ts";
import type { TestDatabase } from "../testing/index.ts";
import { testWorld } from "../testing/test-world.ts";
import { jobs } from "./jobs.ts";

let database: TestDatabase;
let world: World;
testWorld({}, (parts) => void ({ database, world } = parts));

const PLAN_OF_BEFORE = {
  version: 1,
  source: { width: 800, height: 600 },
  crop: { x: 0, y: 0, width: 800, height: 600 },
  scaled: { width: 1024, height: 768 },
  pad: { left: 0, top: 128, right: 0, bottom: 128 },
  canvas: { width: 1024, height: 1024 },
  output: { width: 800, height: 600 },
  mask: null,
};

test("a plan stored before outpainting is read as one whose output is the source, by both clients", async () => {
  const { sql, db } = database;
  const jobId = await world.job(await world.owner(10));
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      update jobs set plan = ${JSON.stringify(PLAN_OF_BEFORE)}::text::jsonb where id = ${jobId}`;
  });
  const expected = {
    ...PLAN_OF_BEFORE,
    version: 2,
    placed: { x: 0, y: 0, width: 800, height: 600 },
  };
  const [row] = await db.select({ plan: jobs.plan }).from(jobs).where(eq(jobs.id, jobId));
  expect(row?.plan).toEqual(expected);
  const moved = await world.cancel(jobId);
  expect(moved?.job.plan).toEqual(expected);
});

test("a plan of today comes back as it was stored", async () => {
  const { sql, db } = database;
  const jobId = await world.job(await world.owner(10));
  const [row] = await db.select({ plan: jobs.plan }).from(jobs).where(eq(jobs.id, jobId));
  const [raw] = await sql`select plan from jobs where id = ${jobId}`;
  expect(row?.plan).toEqual(raw?.["plan"]);
  expect(row?.plan).toEqual(readCanvasPlan(raw?.["plan"]));
});
