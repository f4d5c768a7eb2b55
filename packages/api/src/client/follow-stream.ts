import type { TRPCClient } from "@trpc/client";
import type { Job } from "../contract/job.ts";
import { isRefusal } from "./is-refusal.ts";
import type { StudioRouter } from "./studio-router.ts";

/** One step of a followed stream. */
export type StreamStep =
  | { readonly kind: "job"; readonly job: Job; readonly eventId: string }
  /** The stream is over; nothing more will come of this connection. */
  | { readonly kind: "ended" | "lost" };

/**
 * One connection to `jobs.onUpdate`, as an iterable. A lost connection ends it: whether to come back,
 * and how often, is for the caller to say.
 * @throws {TRPCClientError} when the studio refuses (unknown job, signed out)
 */
export async function* followStream(
  trpc: TRPCClient<StudioRouter>,
  request: { jobId: string; lastEventId: string | null; signal: AbortSignal },
): AsyncGenerator<StreamStep> {
  const steps: StreamStep[] = [];
  let refusal: unknown = null;
  let bell = createBell();
  const push = (step: StreamStep) => {
    steps.push(step);
    bell.ring();
  };
  const stop = () => push({ kind: "lost" });
  request.signal.addEventListener("abort", stop, { once: true });
  const input = { jobId: request.jobId, lastEventId: request.lastEventId };
  const subscription = trpc.jobs.onUpdate.subscribe(input, {
    onData: ({ id, data }) => push({ kind: "job", job: data, eventId: id }),
    onComplete: () => push({ kind: "ended" }),
    onConnectionStateChange: ({ error }) => {
      if (error !== null) push({ kind: "lost" });
    },
    onError: (error) => {
      refusal = isRefusal(error) ? error : null;
      push({ kind: "lost" });
    },
  });
  try {
    for (;;) {
      for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
        if (refusal !== null && step.kind !== "job") throw refusal;
        yield step;
        if (step.kind !== "job") return;
      }
      await bell.rung;
      bell = createBell();
    }
  } finally {
    request.signal.removeEventListener("abort", stop);
    subscription.unsubscribe();
  }
}

/** Something to wait for; callers may run on a Node that has no `Promise.withResolvers`. */
function createBell(): { rung: Promise<void>; ring: () => void } {
  let ring = (): void => {};
  const rung = new Promise<void>((resolve) => {
    ring = resolve;
  });
  return { rung, ring: () => ring() };
}
