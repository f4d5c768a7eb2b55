import type { LocalizedText } from "@ob/workflow";
import type { EnvSource } from "../../boot/env-error.ts";
import type { Env } from "../../env.ts";

/** `warning`: it works, but not as it should; `skipped`: it was not looked at, and why. */
export type FindingState = "ok" | "warning" | "broken" | "skipped";

/** One thing that was looked at. Never a secret. */
export interface Finding {
  readonly state: FindingState;
  /** What was found, in plain words. */
  readonly says: string;
  /** What to do about it; null = nothing. */
  readonly fix: string | null;
}

/** What a check may look at. */
export interface Patient {
  /** As it was given. */
  readonly given: EnvSource;
  readonly env: Env;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Whether jobs that only validate may be sent to a GPU. */
  readonly mayDryRun: boolean;
}

/** One thing a studio stands on. */
export interface Check {
  readonly id: string;
  readonly title: LocalizedText;
  /** @throws what it could not foresee; that is a finding too */
  run(patient: Patient): Promise<Finding[]>;
}

export const ok = (says: string): Finding => ({ state: "ok", says, fix: null });
export const skipped = (says: string): Finding => ({ state: "skipped", says, fix: null });
export const warning = (says: string, fix: string): Finding => ({ state: "warning", says, fix });
export const broken = (says: string, fix: string): Finding => ({ state: "broken", says, fix });
