import { attempts, jobPictures, jobs } from "@ob/db";
import { canonicalJson, createServiceRegistry, GPU_SERVICES } from "@ob/workflow";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { JobInput } from "../../contract/job.ts";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { UPLOAD_LIMITS } from "../uploads/limits.ts";
import { runSweeps } from "../sweeps/run-sweeps.ts";
import { cancelJob } from "./cancel-job.ts";
import { createJob } from "./create-job.ts";
import { deleteJob } from "./delete-job.ts";
import { rebuildSentGraph } from "./rebuild-sent-graph.ts";

const extra = (world: World) =>
  world.addAsset(world.caller, { kind: "image", width: 64, height: 96 });

/** What was sent last, and the rows it was sent from. */
async function sent(world: World, jobId: string) {
  const run = world.gpu.runs.at(-1);
  const job = await world.db.query.jobs.findFirst({ where: eq(jobs.id, jobId) });
  const attempt = await world.db.query.attempts.findFirst({ where: eq(attempts.jobId, jobId) });
  if (run === undefined || job === undefined || attempt === undefined) {
    throw new Error("nothing was sent");
  }
  return { run, job, attempt };
}

test("further pictures are stored with the job, sent in their order and named in the graph", async () => {
  const world = await setup({ imaging: "real" });
  const [second, third] = [await extra(world), await extra(world)];
  const job = await world.createJob({
    prompt: "ใส่เสื้อจากรูปที่ 2 และหมวกจากรูปที่ 3",
    extraImageAssetIds: [third, second],
    maskAssetId: world.maskAssetId,
  });
  expect(job.input.extraImageAssetIds).toEqual([third, second]);
  const rows = await world.db.select().from(jobPictures).where(eq(jobPictures.jobId, job.id));
  expect(rows.map(({ n, assetId }) => [n, assetId])).toEqual([
    [2, third],
    [3, second],
  ]);

  await world.reconcile(job);
  const { run, attempt } = await sent(world, job.id);
  const names = run.attempt.images.map(({ name }) => name);
  expect(names).toEqual([attempt.imageName, ...attempt.extraImageNames, attempt.maskName]);
  expect(new Set(names).size).toBe(4);
  const read = Object.values(run.attempt.graph).flatMap(({ inputs }) => inputs["image"] ?? []);
  for (const name of names) expect(read).toContain(name);
  run.report = completedReport(run);
  await world.reconcile(job);
  const done = await world.job(job);
  expect(done).toMatchObject({ status: "done", result: { fidelity: { changedOutsideMask: 0 } } });
  expect(done.result?.fidelity).toHaveProperty("aligned", expect.any(Boolean));
  expect(done.result?.fidelity).toHaveProperty("seam");
  expect(done.result?.fidelity).toHaveProperty("residualPx");
});

test("a picture that another job shows, in whatever place, outlives the erased job and the sweeps", async () => {
  const world = await setup({ credits: 40 });
  const shared = await extra(world);
  const asExtra = await world.createJob({ extraImageAssetIds: [shared] });
  const asFirst = await world.createJob({ imageAssetId: shared });
  for (const { id } of [asExtra, asFirst]) await cancelJob(world.caller, { jobId: id });
  const isKept = async () =>
    (await world.db.query.assets.findFirst({ where: (a) => eq(a.id, shared) }))?.erasedAt === null;

  await deleteJob(world.caller, { jobId: asFirst.id });
  world.clock.advance(UPLOAD_LIMITS.unusedMs);
  await runSweeps(world.services);
  expect(await isKept()).toBe(true);
  await deleteJob(world.caller, { jobId: asExtra.id });
  expect(await isKept()).toBe(false);
  const keys = [...world.store.objects.keys()].filter((key) => key.includes(shared));
  expect(keys).toEqual([]);
});

test("a further picture erased between the look and the transaction is not there, and nothing is held", async () => {
  const world = await setup();
  const gone = await extra(world);
  let isResolved = false;
  const newId = () => {
    isResolved = true;
    return world.services.newId();
  };
  const sql = new Proxy(world.services.sql, {
    apply: async (target, self, args) => {
      if (isResolved) await world.sql`update assets set erased_at = now() where id = ${gone}`;
      const answer: unknown = Reflect.apply(target, self, args);
      return answer;
    },
  });
  const caller = { ...world.caller, services: { ...world.services, sql, newId } };
  const input = { imageAssetId: world.imageAssetId, extraImageAssetIds: [gone] };
  const asked = { requestId: crypto.randomUUID(), service: "qwen-image-edit", input };
  await expect(createJob(caller, asked)).rejects.toMatchObject({ code: "ASSET_NOT_FOUND" });
  expect(await world.balance()).toEqual({ available: 20, held: 0 });
});

describe("any past job can be rebuilt byte for byte", () => {
  const registry = createServiceRegistry(GPU_SERVICES);

  const CASES: [string, (world: World) => Promise<Partial<JobInput> & { service?: string }>][] = [
    ["a whole picture", async () => ({ mode: "quality", seed: Number.MAX_SAFE_INTEGER })],
    ["with a mask", async (world) => ({ maskAssetId: world.maskAssetId })],
    ["aligned", async () => ({ mode: "aligned" })],
    ["outpainted", async () => ({ ratio: "16:9" })],
    ["only the ratio", async () => ({ ratio: "1:1", prompt: "" })],
    [
      "of three pictures and a mask",
      async (world) => ({
        extraImageAssetIds: [await extra(world), await extra(world)],
        maskAssetId: world.maskAssetId,
      }),
    ],
    [
      "a restored photo",
      async () => ({ service: "photo-restore", mode: "standard", params: { denoise: 0.55 } }),
    ],
  ];

  test.each(CASES)("%s", async (_name, ask) => {
    const world = await setup({ imaging: "real" });
    const { service = "qwen-image-edit", ...input } = await ask(world);
    const job = await createJob(world.caller, {
      requestId: crypto.randomUUID(),
      service,
      input: { imageAssetId: world.imageAssetId, prompt: "เปลี่ยนเสื้อเป็นสีฟ้า", ...input },
    });
    await world.reconcile(job);
    const { run, job: row, attempt } = await sent(world, job.id);
    const rebuilt = rebuildSentGraph(registry, row, attempt);
    expect(canonicalJson(rebuilt.graph)).toBe(canonicalJson(run.attempt.graph));
    expect(JSON.stringify(rebuilt.graph)).toBe(JSON.stringify(run.attempt.graph));
    expect(rebuilt.graphHash).toBe(attempt.graphHash);
    expect(rebuilt.files.toSorted()).toEqual(run.attempt.images.map(({ name }) => name).toSorted());
    run.report = completedReport(run);
    await world.reconcile(job);
    expect(await world.job(job)).toMatchObject({ status: "done" });
  });

  test("a released version that was changed is found out, and an erased job has no words left", async () => {
    const world = await setup();
    const job = await world.createJob();
    await world.reconcile(job);
    const { job: row, attempt } = await sent(world, job.id);
    const changed = GPU_SERVICES.map((service) => ({
      ...service,
      bind: (request: Parameters<typeof service.bind>[0]) =>
        service.bind({ ...request, promptEn: `${request.promptEn} More.` }),
    }));
    expect(() => rebuildSentGraph(createServiceRegistry(changed), row, attempt)).toThrow(
      /no longer/,
    );
    expect(() => rebuildSentGraph(createServiceRegistry([]), row, attempt)).toThrow(
      /no such version/,
    );
    const erased = { ...row, input: null, promptEn: null };
    expect(() => rebuildSentGraph(registry, erased, attempt)).toThrow(/erased/);
    const foreign = { ...attempt, jobId: crypto.randomUUID() };
    expect(() => rebuildSentGraph(registry, row, foreign)).toThrow(/another job/);
  });
});
