import type { TrackedEnvelope } from "@trpc/server";
import { onTestFinished } from "vitest";
import type { Job, JobUpdatesInput } from "../contract/job.ts";
import type { CallerContext } from "../services/context.ts";
import { jobUpdates } from "../services/jobs/job-updates.ts";
import { createLocalDoorbell } from "../services/streams/local-doorbell.ts";

/** One value of a stream, under the owner's event number. */
export interface SeenUpdate {
  readonly id: number;
  readonly job: Job;
}

/** A stream that is read value by value; ends with the test. */
export function openUpdates(caller: CallerContext, input: JobUpdatesInput = {}) {
  const abort = new AbortController();
  const updates = jobUpdates(caller, input, abort.signal);
  onTestFinished(() => abort.abort());
  return {
    abort,
    async next(): Promise<SeenUpdate> {
      const { value, done } = await updates.next();
      if (done === true) throw new Error("the stream has ended");
      return toSeen(value);
    },
    async rest(): Promise<SeenUpdate[]> {
      const seen: SeenUpdate[] = [];
      for await (const value of updates) seen.push(toSeen(value));
      return seen;
    },
  };
}

/** tRPC's envelope is the tuple [id, data, brand]. */
function toSeen(envelope: TrackedEnvelope<Job>): SeenUpdate {
  return { id: Number(envelope[0]), job: envelope[1] };
}

/** A caller whose streams hear no ring: only time passes. */
export function createTimeouts(caller: CallerContext): CallerContext {
  const doorbell = createLocalDoorbell();
  const listen = () => ({ next: async () => "timeout" as const, saw() {}, close() {} });
  return { ...caller, services: { ...caller.services, doorbell: { ...doorbell, listen } } };
}

/** A caller whose stream only the test rings for. */
export function createOwnBell(caller: CallerContext) {
  const doorbell = createLocalDoorbell();
  let waiting = Promise.withResolvers<void>();
  const services = {
    ...caller.services,
    doorbell: {
      ...doorbell,
      listen(ownerId: string) {
        const bell = doorbell.listen(ownerId);
        const next: typeof bell.next = (...limits) => {
          const rung = bell.next(...limits);
          waiting.resolve();
          return rung;
        };
        return { ...bell, next };
      },
    },
  };
  return {
    caller: { ...caller, services },
    isListening: () => waiting.promise,
    /** Resolves when the stream waits again: what it was rung for is then read. */
    ring(): Promise<void> {
      waiting = Promise.withResolvers();
      doorbell.ring(caller.ownerId);
      return waiting.promise;
    },
  };
}
