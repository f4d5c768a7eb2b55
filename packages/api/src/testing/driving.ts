import type { DriveContext } from "../services/jobs/drive/drive-context.ts";
import { driveJob } from "../services/jobs/drive/drive-job.ts";
import { Crash } from "./scripted-gpu.ts";

/** Drives jobs when a test says so, through the same claims as the driver. */
export function createDriving(ctx: DriveContext) {
  let claims = 0;
  async function drive(limit: number, jobId?: string): Promise<number> {
    claims += 1;
    const leaseOwner = `test:${claims}`;
    const { leaseMs } = ctx.gpuSettings;
    const claimed = await ctx.rows.claimDue({
      limit,
      leaseOwner,
      leaseMs,
      now: ctx.now(),
      ...(jobId === undefined ? {} : { jobId }),
    });
    let driven = 0;
    for (const { jobId: id, wakes } of claimed) {
      try {
        const signal = new AbortController().signal;
        const dueAt = await driveJob(ctx, id, { signal, stopping: () => false });
        const schedule = { jobId: id, leaseOwner, wakesSeen: wakes, dueAt, now: ctx.now() };
        await ctx.rows.schedule(schedule);
        driven += 1;
      } catch (error) {
        // A process that dies keeps its lease until it lapses.
        if (!(error instanceof Crash)) throw error;
      }
    }
    return driven;
  }
  return {
    async reconcile({ id }: { id: string }): Promise<boolean> {
      await ctx.rows.wake({ jobId: id, now: ctx.now() });
      return (await drive(1, id)) === 1;
    },
    driveDue: () => drive(100),
  };
}
