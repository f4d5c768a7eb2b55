import type { CallerContext } from "../context.ts";
import type { Job } from "../../contract/job.ts";

export async function retryJob(
  _ctx: CallerContext,
  _input: { jobId: string; requestId: string },
): Promise<Job> {
  throw new Error("not built");
}
