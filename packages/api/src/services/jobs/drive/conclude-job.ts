import type { JobFailureCode } from "@ob/db";
import type { Ending } from "../../../domain/drive-step.ts";
import { applyJobEvent } from "../apply-job-event.ts";
import type { DriveContext } from "./drive-context.ts";
import type { DriveState } from "./drive-rows.ts";
import { MOVED, type StepOutcome } from "./step-outcome.ts";

/**
 * Ends a job that has nothing more to wait for; its credits come back. A live attempt (unknown, or
 * still running past the deadline) outlives the job: its late output is discarded.
 */
export async function concludeJob(
  ctx: DriveContext,
  { job, attempt }: Pick<DriveState, "job" | "attempt">,
  ending: Ending,
): Promise<StepOutcome> {
  switch (ending) {
    case "wish":
      await applyJobEvent(ctx, "cancelled", { job, facts: {} });
      return MOVED;
    case "deadline":
    case "tries": {
      const errorCode: JobFailureCode =
        ending === "deadline" || attempt?.deadReason === "timed-out" ? "GPU_TIMEOUT" : "GPU_FAILED";
      // A wish that came meanwhile ends as cancelled, never as failed.
      const facts = { errorCode, unlessCancelRequested: true } as const;
      await applyJobEvent(ctx, "gaveUp", { job, facts });
      return MOVED;
    }
  }
}
