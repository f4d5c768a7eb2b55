import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { createStudioClient, type Job, type JobStatus, readRefusal } from "@ob/api/client";
import { fixture } from "../support/caller.ts";
import type { Counters } from "./counters.ts";
import type { Dice } from "./dice.ts";

/** What a user must have at the end, by what he himself was told. */
export interface Told {
  readonly jobId: string;
  /** Null = not told yet that it ended. */
  ended: Extract<JobStatus, "done" | "failed" | "cancelled"> | null;
  credits: number;
}

/** A person at the studio who does not give up: what fails is tried again, with the same request id. */
export interface ChaosUser {
  readonly token: string;
  readonly told: readonly Told[];
  /** Uploads that were confirmed to him. */
  readonly assets: readonly string[];
  /** Credits he has not spent or promised, by his own count. */
  left(): number;
  upload(): Promise<string>;
  /** Where he may PUT a picture of so many bytes. */
  promiseUpload(bytes: number): Promise<{ url: string }>;
  /** Orders one edit; `times` equal orders are sent at once, and all must be answered alike. */
  order(assetId: string, o?: { times?: number }): Promise<Job>;
  /** Follows a job to its end, over however many connections, and checks the picture. */
  follow(jobId: string): Promise<Job>;
  /** Resolves once the GPU draws it, or it is past that. */
  untilDrawn(jobId: string): Promise<void>;
  /** Wishes it were cancelled; a job that is past that stays. */
  cancel(jobId: string): Promise<void>;
  balance(): Promise<{ available: number; held: number }>;
  client(): ReturnType<typeof createStudioClient>;
}

export interface ChaosUserOptions {
  readonly url: string;
  readonly dice: Dice;
  readonly counters: Counters;
  /** Nothing takes longer than this, whatever is broken. */
  readonly patienceMs: number;
}

/** Guests get this many. */
export const WELCOME_CREDITS = 20;
const SERVICE = "qwen-image-edit";
const PHOTOS = ["rocket.jpg", "chelsea.png"] as const;
const PROMPTS = ["blue", "make it night", "a red car", "เปลี่ยนพื้นหลังเป็นทะเล"] as const;
/** Codes after which asking again may help. */
const PASSING = new Set(["INTERNAL", "RATE_LIMITED", "GPU_UNAVAILABLE"]);

/** A new guest, with the first credits. */
export async function createChaosUser(options: ChaosUserOptions): Promise<ChaosUser> {
  const { url, dice, counters } = options;
  const client = createStudioClient({ url });
  const persist = createPersistence(options);
  const { token } = await persist("sign in", () => client.signInAsGuest());
  counters.users += 1;
  const told: Told[] = [];
  const assets: string[] = [];

  async function order(assetId: string, { times = 1 }: { times?: number } = {}): Promise<Job> {
    const request = {
      requestId: dice.uuid(),
      service: SERVICE,
      input: { imageAssetId: assetId, prompt: dice.pick(PROMPTS), mode: "fast" },
    };
    const ask = () => persist("order", () => client.trpc.jobs.create.mutate(request));
    const answers = await Promise.all(Array.from({ length: times }, ask));
    counters.repeatedCreates += times - 1;
    const [job] = answers;
    if (job === undefined) throw new Error("an order without an answer");
    const different = answers.find((answer) => JSON.stringify(answer) !== JSON.stringify(job));
    if (different !== undefined)
      throw new Error(`one request id, two answers: ${job.id}, ${different.id}`);
    told.push({ jobId: job.id, ended: null, credits: job.credits });
    return job;
  }

  async function follow(jobId: string): Promise<Job> {
    const end = await persist("follow", async () => {
      const signal = AbortSignal.timeout(options.patienceMs);
      let last: Job | null = null;
      for await (const job of client.watch(jobId, { signal })) last = job;
      if (last === null || last.finishedAt === null) throw new Error(`not told how ${jobId} ended`);
      return last;
    });
    const own = told.find((each) => each.jobId === jobId);
    if (own !== undefined && isEnd(end.status)) own.ended = end.status;
    if (end.status === "done") await persist("download", () => checkPicture(client, jobId));
    return end;
  }

  return {
    token,
    told,
    assets,
    left: () =>
      WELCOME_CREDITS -
      told
        .filter(({ ended }) => ended === null || ended === "done")
        .reduce((sum, { credits }) => sum + credits, 0),
    order,
    follow,
    async upload() {
      const photo = new Blob([await fixture(dice.pick(PHOTOS))]);
      const { assetId } = await persist("upload", () => client.upload(photo));
      assets.push(assetId);
      return assetId;
    },
    promiseUpload: (bytes) =>
      persist("promise", () =>
        client.trpc.uploads.create.mutate({ kind: "image", contentType: "image/png", bytes }),
      ),
    async untilDrawn(jobId) {
      const read = () => persist("look", () => client.trpc.jobs.get.query({ jobId }));
      while ((await read()).status === "queued") await pause(50);
    },
    async cancel(jobId) {
      await persist("cancel", async () => {
        try {
          await client.trpc.jobs.cancel.mutate({ jobId });
        } catch (thrown) {
          if (readRefusal(thrown)?.code !== "JOB_NOT_CANCELLABLE") throw thrown;
        }
      });
    },
    balance: () => persist("balance", () => client.trpc.credits.balance.query()),
    client: () => client,
  };
}

function isEnd(status: JobStatus): status is "done" | "failed" | "cancelled" {
  return status === "done" || status === "failed" || status === "cancelled";
}

/** The bytes are those that the address names. */
async function checkPicture(
  client: ReturnType<typeof createStudioClient>,
  jobId: string,
): Promise<void> {
  const { result } = await client.trpc.jobs.get.query({ jobId });
  if (result === null) throw new Error(`done without a picture: ${jobId}`);
  const answer = await fetch(result.url);
  if (!answer.ok) throw new Error(`the picture of ${jobId} answers ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length !== result.bytes || !result.url.includes(sha256)) {
    throw new WrongPicture(`the picture of ${jobId} is another one: ${bytes.length} bytes`);
  }
}

/** Not to be mended by asking again. */
export class WrongPicture extends Error {
  override readonly name = "WrongPicture";
}

/** Somebody was kept waiting longer than anybody may be. */
export class GaveUp extends Error {
  override readonly name = "GaveUp";
}

/** Tries again whatever trouble may pass, for as long as the user has patience. */
function createPersistence({ dice, counters, patienceMs }: ChaosUserOptions) {
  return async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const untilMs = performance.now() + patienceMs;
    for (;;) {
      try {
        return await act();
      } catch (thrown) {
        const code = readRefusal(thrown)?.code ?? null;
        const seen = code ?? "none";
        counters.troublesSeen[seen] = (counters.troublesSeen[seen] ?? 0) + 1;
        if (thrown instanceof WrongPicture) throw thrown;
        if (code !== null && !PASSING.has(code)) throw thrown;
        if (performance.now() > untilMs) {
          throw new GaveUp(`${what} did not work for ${patienceMs} ms`, { cause: thrown });
        }
        await pause(dice.int(50, 400));
      }
    }
  };
}
