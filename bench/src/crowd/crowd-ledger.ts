import { z } from "zod";

/** What a user goes through, in this order. `draw`: from the first sign of drawing to the stored result. */
export const STAGES = [
  "sign-in",
  "upload",
  "finish",
  "quote",
  "create",
  "wait",
  "draw",
  "store",
  "seen",
  "download",
  "whole",
] as const;
export type Stage = (typeof STAGES)[number];

/** What a crowd went through. Times in ms. */
export const CrowdBook = z.object({
  begun: z.number(),
  /** Edits of which the user holds the right bytes. */
  succeeded: z.number(),
  times: z.record(z.string(), z.array(z.number())),
  /** What went wrong, by stage and code. */
  errors: z.record(z.string(), z.number()),
});
export type CrowdBook = z.infer<typeof CrowdBook>;

/** Where users note what they go through. */
export interface CrowdLedger {
  begin(): void;
  succeed(): void;
  fail(code: string): void;
  note(stage: Stage, ms: number): void;
  read(): CrowdBook;
}

/** Makes an empty one. */
export function createCrowdLedger(): CrowdLedger {
  let begun = 0;
  let succeeded = 0;
  const times = new Map<Stage, number[]>(STAGES.map((stage) => [stage, []]));
  const errors = new Map<string, number>();
  return {
    begin: () => void (begun += 1),
    succeed: () => void (succeeded += 1),
    fail: (code) => void errors.set(code, (errors.get(code) ?? 0) + 1),
    note: (stage, ms) => void times.get(stage)?.push(ms),
    read: () => ({
      begun,
      succeeded,
      times: Object.fromEntries(times),
      errors: Object.fromEntries(errors),
    }),
  };
}
