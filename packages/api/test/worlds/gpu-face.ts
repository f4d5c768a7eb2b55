import {
  type GpuBackend,
  GpuUnauthorized,
  GpuUnavailable,
  type OutputReading,
  type RunpodReport,
  type SubmitOutcome,
} from "@ob/runpod";
import { DEFAULT_GPU_SETTINGS } from "../../src/domain/gpu-settings.ts";
import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import type { Fault } from "./faults.ts";
import type { GpuTruth } from "./gpu-truth.ts";
import type { Replica } from "./replica.ts";
import type { Scheduler } from "./scheduler.ts";

/** How the GPU side is to be reached at this moment. */
export type Voice = "clear" | "away" | "key refused";

export interface GpuFaceOptions {
  readonly replica: Replica;
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly truth: GpuTruth;
  readonly voice: () => Voice;
  /** How often single exchanges go wrong, 0 to 1; 0 at the end of a world. */
  readonly trouble: () => number;
  readonly fault: (fault: Fault) => void;
  /** An accepted submit has reached the process. */
  readonly onAccepted: (filePrefix: string, runpodJobId: string) => void;
  /** Somebody is about to be told how a run stands. */
  readonly onAsked: (runpodJobId: string) => void;
}

const REFUSALS = [400, 401, 403, 404, 413, 422] as const;
const { httpTimeoutMs, sendWithinMs, marginMs } = DEFAULT_GPU_SETTINGS;

type Submitting = Parameters<GpuBackend["submit"]>[0];
type Options = Parameters<GpuBackend["submit"]>[1];

/** The GPU side as one process sees it: through a network that loses, delays and misinforms. */
export function createGpuFace(o: GpuFaceOptions): GpuBackend {
  const { replica, random, truth } = o;
  const netMs = () => random.between(5, 300);

  function listen(): void {
    const voice = o.voice();
    if (voice === "away") {
      o.fault("gpu: away");
      throw new GpuUnavailable("nobody answers", { status: 503 });
    }
    if (voice === "key refused") {
      o.fault("gpu: key refused");
      throw new GpuUnauthorized("who are you?", random.pick([401, 403, 404]));
    }
    if (random.chance(0.05 * o.trouble())) {
      o.fault("status: error");
      const retryAfterMs = random.chance(0.3) ? 2_000 : null;
      throw new GpuUnavailable("an error page", { status: random.pick([429, 500]), retryAfterMs });
    }
  }

  return {
    name: "runpod:world",
    submit: (attempt, options) => submit(o, attempt, options),
    report: (id, signal): Promise<RunpodReport> =>
      abortable(signal, () => {
        o.onAsked(id);
        return replica.call(
          { delayMs: netMs(), answerMs: random.chance(0.1) ? netMs() : 0 },
          () => {
            listen();
            return truth.report(id);
          },
        );
      }),
    cancel: (id, signal): Promise<void> =>
      abortable(signal, () =>
        replica.call({ delayMs: netMs() }, () => {
          listen();
          const goesWrong = random.chance(0.15 * o.trouble());
          if (goesWrong && random.chance(0.5)) {
            o.fault("cancel: error");
            throw new GpuUnavailable("not now");
          }
          truth.cancel(id);
          if (!goesWrong) return;
          o.fault("cancel: error after its effect");
          throw new GpuUnavailable("reset");
        }),
      ),
    fetchPictures: (output, _want, signal): Promise<OutputReading> =>
      abortable(signal, () => replica.call({ delayMs: 1 }, () => readOutput(output))),
    health: (signal) =>
      abortable(signal, () =>
        replica.call({ delayMs: netMs() }, () => {
          listen();
          const ready = random.below(2);
          return { ready, running: 0, initializing: 0, throttled: 0, inQueue: 0, inProgress: 0 };
        }),
      ),
  };
}

async function abortable<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  signal.throwIfAborted();
  const answer = await ask();
  signal.throwIfAborted();
  return answer;
}

function readOutput(output: unknown): OutputReading {
  if (typeof output !== "object" || output === null || !("images" in output)) {
    return { kind: "nothing" };
  }
  const [image]: unknown[] = Array.isArray(output.images) ? output.images : [];
  if (typeof image !== "object" || image === null) return { kind: "nothing" };
  const filename = "filename" in image ? String(image.filename) : "";
  const data = "data" in image ? String(image.data) : "";
  return { kind: "images", images: [{ filename, bytes: Buffer.from(data, "base64") }] };
}

const HOW = {
  ok: 70,
  "429": 3,
  "429 with Retry-After": 2,
  "4xx": 2,
  "no connection": 4,
  "request lost": 4,
  "answer lost": 6,
  "5xx, not queued": 2,
  "5xx, but queued": 2,
  HTML: 2,
  "sent after a pause": 3,
  "sent after the margin": 3,
} as const;

async function submit(o: GpuFaceOptions, attempt: Submitting, options: Options) {
  const { replica, random, scheduler } = o;
  const encodingMs = random.chance(0.03 * o.trouble()) ? random.between(0, 9_000) : 5;
  await replica.call({ delayMs: encodingMs }, () => {});
  const startedMs = scheduler.nowMs - encodingMs;
  if (options.onBeforeSend?.() === false) {
    o.fault("submit: late for its five seconds");
    return refused(null, "never sent");
  }
  const outcome = await exchange(o, attempt, startedMs);
  if (outcome.kind === "accepted") o.onAccepted(attempt.filePrefix, outcome.runpodJobId);
  return outcome;
}

function exchange(
  o: GpuFaceOptions,
  attempt: Submitting,
  startedMs: number,
): Promise<SubmitOutcome> {
  const { replica, random, scheduler } = o;
  const voice = o.voice();
  if (voice === "key refused") {
    return answered(o, () => refused(random.pick([401, 403, 404]), "who are you?"));
  }
  const how = random.chance(o.trouble()) ? random.weighted(HOW) : "ok";
  if (voice === "away") {
    o.fault("gpu: away");
    return random.chance(0.5)
      ? answered(o, () => refused(null, "The connection could not be made."))
      : unanswered(o, startedMs);
  }
  if (how !== "ok") o.fault(`submit: ${how}`);
  switch (how) {
    case "ok":
      return answered(o, () => ({ kind: "accepted", runpodJobId: queue(o, attempt) }));
    case "429":
      return answered(o, () => refused(429, "too many"));
    case "429 with Retry-After":
      return answered(o, () => ({ ...refused(429, "too many"), retryAfterMs: 4_000 }));
    case "4xx":
      return answered(o, () => refused(random.pick(REFUSALS), "no"));
    case "no connection":
      return answered(o, () => refused(null, "The connection could not be made."));
    case "request lost":
      return unanswered(o, startedMs);
    case "answer lost":
      scheduler.after(random.between(5, 20_000), () => queue(o, attempt));
      return unanswered(o, startedMs);
    case "5xx, but queued":
      return answered(o, () => {
        queue(o, attempt);
        return { kind: "unanswered", cause: new Error("502") };
      });
    case "5xx, not queued":
    case "HTML":
      return answered(o, () => ({ kind: "unanswered", cause: new Error(how) }));
    case "sent after a pause":
    case "sent after the margin": {
      // The process stood still between its look at the clock and the first byte.
      const inMarginMs = random.between(1_000, httpTimeoutMs + marginMs - sendWithinMs);
      const pauseMs = how === "sent after a pause" ? inMarginMs : random.between(95_000, 240_000);
      replica.pause(pauseMs);
      const arrived = replica.call({ delayMs: pauseMs }, () => queue(o, attempt));
      return arrived.then((runpodJobId) =>
        random.chance(0.5)
          ? { kind: "accepted", runpodJobId }
          : { kind: "unanswered", cause: new Error("timeout") },
      );
    }
  }
}

function queue({ truth }: GpuFaceOptions, attempt: Submitting): string {
  const { filePrefix, ttlMs, executionTimeoutMs } = attempt;
  const token = attempt.webhookUrl?.split("/").at(-1) ?? "";
  return truth.accept({ filePrefix, token, ttlMs, executionTimeoutMs }).id;
}

function answered(
  { replica, random }: GpuFaceOptions,
  answer: () => SubmitOutcome,
): Promise<SubmitOutcome> {
  return replica.call({ delayMs: random.between(5, 400), answerMs: random.below(400) }, answer);
}

/** Waits for its timeout, which began before the request. */
function unanswered(
  { replica, scheduler }: GpuFaceOptions,
  startedMs: number,
): Promise<SubmitOutcome> {
  const leftMs = startedMs + httpTimeoutMs - scheduler.nowMs;
  const cause = new Error("timeout");
  return replica.call({ delayMs: leftMs }, () => ({ kind: "unanswered", cause }));
}

function refused(status: number | null, reason: string) {
  return { kind: "refused", status, reason, retryAfterMs: null } as const;
}
