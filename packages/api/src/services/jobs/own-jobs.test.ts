import { randomUUID } from "node:crypto";
import { objectErasures } from "@ob/db";
import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { readHistory } from "../credits/read-history.ts";
import { listServices } from "../catalogue/list-services.ts";
import { cancelJob } from "./cancel-job.ts";
import { deleteJob } from "./delete-job.ts";
import { getJob } from "./get-job.ts";
import { listJobs } from "./list-jobs.ts";
import { retryJob } from "./retry-job.ts";

async function finish(world: World, job: { id: string }) {
  await world.reconcile(job);
  const run = world.gpu.runs.at(-1);
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile(job);
  return world.job(job);
}

test("a list is newest first, in pages that neither skip nor repeat", async () => {
  const world = await setup({ credits: 100 });
  const made: string[] = [];
  for (let n = 0; n < 7; n += 1) {
    made.unshift((await world.createJob()).id);
    // Three share a moment: the id breaks the tie.
    if (n > 2) world.clock.advance(1_000);
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 4; page += 1) {
    const { items, nextCursor } = await listJobs(world.caller, {
      limit: 2,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...items.map(({ id }) => id));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  expect(seen.slice(0, 3)).toEqual(made.slice(0, 3));
  expect(seen.toSorted()).toEqual(made.toSorted());
});

test("a list can be narrowed to a status, and never shows a stranger's jobs", async () => {
  const world = await setup();
  const job = await world.createJob();
  const other = await world.createJob();
  await cancelJob(world.caller, { jobId: other.id });
  const queued = await listJobs(world.caller, { status: "queued" });
  expect(queued.items.map(({ id }) => id)).toEqual([job.id]);
  const stranger = await world.addOwner(0);
  expect(await listJobs(stranger, {})).toEqual({ items: [], nextCursor: null });
});

test("a search finds words of the prompt however they are composed, and titles of options", async () => {
  const world = await setup({ credits: 100 });
  const shirt = await world.createJob({ prompt: "เปลี่ยนเสื้อเป็นสีฟ้า 100%" });
  const cafe = await world.createJob({ prompt: "Cafe\u0301 behind her" });
  const search = async (term: string) =>
    (await listJobs(world.caller, { search: term })).items.map(({ id }) => id);
  expect(await search("เสื้อ")).toEqual([shirt.id]);
  expect(await search("CAFÉ")).toEqual([cafe.id]);
  expect(await search("100%")).toEqual([shirt.id]);
  expect(await search("%")).toEqual([shirt.id]);
  expect(await search("_")).toEqual([]);
  const services = await listServices(world.services, world.caller);
  const service = services.find(({ id }) => id === "qwen-image-edit");
  const option = service?.options[0];
  const choice = option?.choices[0];
  if (option === undefined || choice === undefined) throw new Error("the service has no options");
  const chosen = await world.createJob({ options: { [option.id]: choice.id } });
  expect(await search(choice.title.th)).toContain(chosen.id);
});

test("a cursor that is not ours is refused", async () => {
  const world = await setup();
  for (const cursor of ["x", Buffer.from('["now","me"]').toString("base64url")]) {
    await expect(listJobs(world.caller, { cursor })).rejects.toMatchObject({
      code: "INPUT_INVALID",
      field: "cursor",
    });
  }
});

test("a retry is a new job with a new seed, the same wishes and a hold of its own", async () => {
  const world = await setup({ credits: 20 });
  const first = await world.createJob({ maskAssetId: world.maskAssetId, seed: 5 });
  await expect(
    retryJob(world.caller, { jobId: first.id, requestId: randomUUID() }),
  ).rejects.toMatchObject({ code: "JOB_NOT_RETRIABLE" });
  await cancelJob(world.caller, { jobId: first.id });
  const requestId = randomUUID();
  const again = await retryJob(world.caller, { jobId: first.id, requestId });
  expect(again).toMatchObject({ retryOf: first.id, status: "queued", credits: 3 });
  expect(again.id).not.toBe(first.id);
  expect(again.input).toEqual({ ...first.input, seed: again.input.seed });
  expect(again.input.seed).not.toBe(5);
  expect(await retryJob(world.caller, { jobId: first.id, requestId })).toEqual(again);
  expect(await world.balance()).toEqual({ available: 17, held: 3 });
});

test("a deleted job is gone with its pictures, its money stays", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob({ maskAssetId: world.maskAssetId });
  const done = await finish(world, job);
  expect(done.result?.url).toMatch(
    /^http:\/\/studio\.test\/files\/inline\/results\/[0-9a-f]{32}\/[0-9a-f]{64}\.png$/,
  );
  expect(await deleteJob(world.caller, { jobId: job.id })).toEqual({});
  await expect(getJob(world.caller, { jobId: job.id })).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
  });
  expect((await listJobs(world.caller, {})).items).toEqual([]);
  expect(world.store.objects.size).toBe(0);
  expect(await world.balance()).toEqual({ available: 7, held: 0 });
  const history = await readHistory(world.caller, {});
  expect(history.items.map(({ kind }) => kind)).toEqual(["capture", "hold", "grant"]);
  const again = deleteJob(world.caller, { jobId: job.id });
  await expect(again).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("a deleted result is erased at once, also when its erasure stood planned for later", async () => {
  const world = await setup();
  const job = await world.createJob();
  await finish(world, job);
  const later = new Date(world.clock.now().getTime() + 3_600_000);
  await world.sql`
    insert into object_erasures (object_key, due_at) select object_key, ${later} from results`;
  await deleteJob(world.caller, { jobId: job.id });
  expect([...world.store.objects.keys()].filter((key) => key.startsWith("results/"))).toEqual([]);
});

test("a deleted job's objects go at once, however many older ones wait or cannot be deleted", async () => {
  const world = await setup();
  const job = await world.createJob();
  await finish(world, job);
  const old = Array.from({ length: 20 }, (_, n) => ({
    objectKey: `stuck/${n}`,
    dueAt: new Date(0),
  }));
  await world.db.insert(objectErasures).values(old);
  const remove = world.store.delete.bind(world.store);
  world.store.delete = async (key) => {
    if (key.startsWith("stuck/")) throw new Error("the disk is away");
    await remove(key);
  };
  const before = world.store.objects.size;
  await deleteJob(world.caller, { jobId: job.id });
  expect(world.store.objects.size).toBe(before - 4);
  expect(await world.db.$count(objectErasures)).toBe(20);
});

test("pictures that another job shows stay when one is deleted", async () => {
  const world = await setup();
  const job = await world.createJob();
  const other = await world.createJob();
  await cancelJob(world.caller, { jobId: job.id });
  const before = world.store.objects.size;
  await deleteJob(world.caller, { jobId: job.id });
  expect(world.store.objects.size).toBe(before);
  expect(await finish(world, other)).toMatchObject({ status: "done" });
});

test("a job under way, or a stranger's, cannot be deleted", async () => {
  const world = await setup();
  const job = await world.createJob();
  await expect(deleteJob(world.caller, { jobId: job.id })).rejects.toMatchObject({
    code: "INPUT_INVALID",
    field: "jobId",
  });
  const stranger = await world.addOwner(0);
  await expect(deleteJob(stranger, { jobId: job.id })).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
  });
});

test("the history adds up: each amount leads from one balance to the next", async () => {
  const world = await setup({ credits: 20 });
  const job = await world.createJob();
  await finish(world, job);
  const second = await world.createJob({ mode: "quality" });
  await cancelJob(world.caller, { jobId: second.id });
  const { items } = await readHistory(world.caller, {});
  expect(items.map(({ kind, amount, availableAfter }) => [kind, amount, availableAfter])).toEqual([
    ["release", 8, 17],
    ["hold", -8, 9],
    ["capture", 0, 17],
    ["hold", -3, 17],
    ["grant", 20, 20],
  ]);
  const reasons = items.map(({ reason }) => reason.th);
  expect(new Set(reasons).size).toBe(4);
  const first = await readHistory(world.caller, { limit: 2 });
  const rest = await readHistory(world.caller, { cursor: first.nextCursor ?? "", limit: 10 });
  expect([...first.items, ...rest.items]).toEqual(items);
  expect(rest.nextCursor).toBeNull();
});
