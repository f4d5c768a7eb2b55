import type { Clock } from "./clock.ts";
import type { SimulatedJob } from "./job.ts";

/** Plans something for a job; forgotten together with the job's other timers. */
export function planForJob(clock: Clock, job: SimulatedJob, ms: number, task: () => void): void {
  const cancel = clock.after(Math.max(0, ms), () => {
    job.timers.delete(cancel);
    task();
  });
  job.timers.add(cancel);
}

export function cancelJobTimers(job: SimulatedJob): void {
  for (const cancel of job.timers) cancel();
  job.timers.clear();
}
