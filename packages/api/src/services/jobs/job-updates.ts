import { tracked, type TrackedEnvelope } from "@trpc/server";
import type { Job, JobUpdatesInput } from "../../contract/job.ts";
import type { CallerContext } from "../context.ts";

export async function* jobUpdates(
  _ctx: CallerContext,
  _input: JobUpdatesInput,
  _signal: AbortSignal,
): AsyncGenerator<TrackedEnvelope<Job>> {
  yield tracked("0", await Promise.reject<Job>(new Error("not built")));
}
