import type { CallerContext } from "../context.ts";
import type { CreateJobInput, Job } from "../../contract/job.ts";

export async function createJob(_ctx: CallerContext, _input: CreateJobInput): Promise<Job> {
  throw new Error("not built");
}
