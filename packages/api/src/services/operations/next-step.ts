import { chooseStep, type DriveStep } from "../../domain/drive-step.ts";
import type { GpuSettings } from "../../domain/gpu-settings.ts";
import type { DriveState } from "../jobs/drive/drive-rows.ts";

/** What the driver will do with a job, in words, and when. */
export interface NextStep {
  readonly step: DriveStep["kind"];
  readonly says: string;
  /** When somebody looks at it next; null = nobody will. */
  readonly dueAt: Date | null;
  /** Who drives it at this moment; null = nobody. */
  readonly leaseOwner: string | null;
  readonly leaseUntil: Date | null;
  /** By when it must have ended; a result that is being stored has until `collectBy`. */
  readonly deadlineAt: Date;
  readonly collectBy: Date | null;
}

const WORDS = {
  wait: "Nothing is to be done until then.",
  submit: "An attempt is sent as soon as a slot of the GPU is free.",
  reconcile: "The GPU side is asked how its attempt stands.",
  collect: "The result is fetched and stored; failures are tried again until collectBy.",
  conclude: "It ends without another attempt; the held credits come back.",
  doubt: "Nobody reported on the intent in time: it counts as unanswered from now on.",
  expire: "The GPU side has surely killed the unanswered attempt: it is closed.",
} as const satisfies Record<DriveStep["kind"], string>;

const ENDED = "It has ended; nothing more happens.";

/** What happens to a job next, by the same rules that drive it. */
export function describeNextStep(
  { job, attempt }: Pick<DriveState, "job" | "attempt">,
  { now, settings }: { now: Date; settings: GpuSettings },
): NextStep {
  const step = chooseStep({ job, attempt, now }, settings);
  const isOver = step.kind === "wait" && step.dueAt === null;
  return {
    step: step.kind,
    says: isOver ? ENDED : WORDS[step.kind],
    dueAt: isOver ? null : (job.dueAt ?? (step.kind === "wait" ? step.dueAt : null)),
    leaseOwner: job.leaseOwner,
    leaseUntil: job.leaseUntil,
    deadlineAt: job.deadlineAt,
    collectBy: job.collectBy,
  };
}
