import type { CallerContext } from "../context.ts";
import type { JobPage, ListJobsInput } from "../../contract/job.ts";

export async function listJobs(_ctx: CallerContext, _input: ListJobsInput): Promise<JobPage> {
  throw new Error("not built");
}
