import type { JobCreate } from "@ob/db";
import { AppError } from "../../src/domain/app-error.ts";
import { extendCollection } from "../../src/services/jobs/extend-collection.ts";
import { holdJob } from "../../src/services/jobs/hold-job.ts";
import { wishCancel } from "../../src/services/jobs/wish-cancel.ts";
import type { DriveContext } from "../../src/services/jobs/drive/drive-context.ts";
import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import type { Fault } from "./faults.ts";
import type { Replica } from "./replica.ts";
import type { Scheduler } from "./scheduler.ts";
import type { WatchedTables } from "./watch-tables.ts";

/** Nobody asks for anything after that, counted from the beginning. */
export const LAST_ASK_MS = 620_000;

/** A process that takes requests. */
export interface Server {
  readonly replica: Replica;
  readonly ctx: DriveContext;
}

export interface PeopleOptions {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly tables: WatchedTables;
  readonly granted: number;
  readonly newId: () => string;
  /** One that is up, by lot; null = none is. */
  readonly server: () => Server | null;
  readonly fault: (fault: Fault) => void;
  /** Where a promise of theirs goes wrong that must not. */
  readonly onTrouble: (error: unknown) => void;
}

/** What people do in a world: they ask, ask again, watch and change their minds. */
export function admitPeople(o: PeopleOptions): void {
  const { random, scheduler, tables } = o;
  const owners = random.between(1, 3);
  for (let n = 0; n < owners; n += 1) {
    const ownerId = o.newId();
    const start = { lastSeq: 0, available: o.granted, held: 0, watchedUntil: null };
    tables.owners.set(ownerId, start);
    const imageAssetId = o.newId();
    tables.assets.set(imageAssetId, { ownerId, kind: "image", objectKey: "assets/photo.png" });
    const jobs = random.between(1, 3);
    for (let asked = 0; asked < jobs; asked += 1) {
      const atMs = random.chance(0.7) ? random.below(20_000) : random.below(600_000);
      scheduler.after(atMs, () => ask(o, { ownerId, imageAssetId }));
    }
    if (random.chance(0.5)) scheduler.after(random.below(60_000), () => watch(o, ownerId));
  }
}

function watch({ tables, scheduler, random }: PeopleOptions, ownerId: string): void {
  const owner = tables.owners.get(ownerId);
  const watchedUntil = new Date(scheduler.nowMs + random.between(5_000, 60_000));
  if (owner !== undefined) tables.owners.set(ownerId, { ...owner, watchedUntil });
}

function ask(o: PeopleOptions, who: { ownerId: string; imageAssetId: string }): void {
  const request = requestOf(o, who);
  send(o, request, 0);
  const { random, scheduler } = o;
  const { jobId, ownerId } = request;
  if (random.chance(0.3)) {
    const afterMs = random.chance(0.5) ? random.below(10_000) : random.below(300_000);
    scheduler.after(afterMs, () => cancel(o, { jobId, ownerId }));
  }
  for (const minutes of [2, 8, 20]) {
    scheduler.after(minutes * 60_000, () => extend(o, jobId));
  }
}

function send(o: PeopleOptions, request: JobCreate, times: number): void {
  const server = o.server();
  if (server !== null) {
    const { ctx } = server;
    const now = ctx.now();
    const deadlineAt = new Date(now.getTime() + ctx.gpuSettings.backlogLimitMs);
    run(o, holdJob(ctx, { ...request, now, deadlineAt }, { requestId: "world" }));
  }
  if (times >= 2 || !o.random.chance(0.3)) return;
  // Nobody answered, or somebody pressed twice: the same request once more.
  o.fault("user: asks again");
  o.scheduler.after(o.random.between(1, 4_000), () => send(o, request, times + 1));
}

/** Somebody changes his mind. */
export function cancel(o: PeopleOptions, job: { jobId: string; ownerId: string }): void {
  const server = o.server();
  if (server === null) return;
  o.fault("user: cancels");
  run(o, wishCancel(server.ctx, job));
}

function extend(o: PeopleOptions, jobId: string): void {
  const server = o.server();
  if (server === null || o.tables.jobs.get(jobId)?.status !== "storing") return;
  o.fault("operator: extends");
  const minutes = o.random.between(1, 40);
  run(o, extendCollection(server.ctx, { jobId, minutes }));
}

/** What people are refused is told them; what the network does to them is their lot. */
function run(o: PeopleOptions, asked: Promise<unknown>): void {
  asked.catch((error: unknown) => {
    if (!(error instanceof AppError)) o.onTrouble(error);
  });
}

function requestOf(
  { newId, scheduler, random }: PeopleOptions,
  who: { ownerId: string; imageAssetId: string },
): JobCreate {
  const size = { width: 96, height: 64 };
  const whole = { x: 0, y: 0, ...size };
  const canvas = { width: 1_248, height: 832 };
  const { imageAssetId } = who;
  const asked = {
    imageAssetId,
    extraImageAssetIds: [],
    maskAssetId: null,
    options: {},
    params: {},
  };
  const now = new Date(scheduler.nowMs);
  return {
    ...who,
    jobId: newId(),
    requestId: newId(),
    requestHash: "hash",
    service: "qwen-image-edit",
    serviceVersion: "qwen-image-edit@1",
    mode: "fast",
    backend: "runpod:world",
    credits: random.between(1, 8),
    input: { ...asked, prompt: null, ratio: "original", mode: "fast", seed: 7 },
    promptEn: "Make it blue.",
    plan: {
      version: 2,
      source: size,
      placed: whole,
      crop: whole,
      scaled: canvas,
      canvas,
      pad: {
        left: 0,
        top: 0,
        right: 0,
        bottom: 0,
      },
      output: size,
      mask: null,
    },
    extraAssetIds: [],
    maskAssetId: null,
    retryOf: null,
    transferId: newId(),
    deadlineAt: now,
    now,
    rate: { limit: 1_000_000, windowMs: 60_000 },
    response: { status: "queued" },
  };
}
