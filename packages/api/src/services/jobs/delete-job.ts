import type { CallerContext } from "../context.ts";

export async function deleteJob(
  _ctx: CallerContext,
  _input: { jobId: string },
): Promise<Record<string, never>> {
  throw new Error("not built");
}
