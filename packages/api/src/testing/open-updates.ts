import type { TrackedEnvelope } from "@trpc/server";
import { onTestFinished } from "vitest";
import type { Job, JobUpdatesInput } from "../contract/job.ts";
import type { CallerContext } from "../services/context.ts";
import { jobUpdates } from "../services/jobs/job-updates.ts";

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
      const step = await updates.next();
      if (step.done === true) throw new Error("the stream has ended");
      return toSeen(step.value);
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
