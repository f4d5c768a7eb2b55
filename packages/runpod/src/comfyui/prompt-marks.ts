import { z } from "zod";

/**
 * What ComfyUI keeps of an attempt for us in `extra_data`: it has no time limits of its own, so
 * whoever reads its queue, after a restart of ours too, must find there when our prompts are over.
 */
export const PromptMarks = z.object({
  version: z.literal(1),
  /** Epoch ms of our clock. */
  submittedAtMs: z.number(),
  ttlMs: z.number(),
  executionTimeoutMs: z.number(),
});
export type PromptMarks = z.infer<typeof PromptMarks>;

const ExtraData = z.object({ ob_studio: PromptMarks });

/** The part of `extra_data` that bears the marks. */
export function writeMarks(marks: Omit<PromptMarks, "version">): z.infer<typeof ExtraData> {
  return { ob_studio: { version: 1, ...marks } };
}

/** Marks of a prompt of ours; `null`: it is somebody else's, and not to be touched. */
export function readMarks(extraData: unknown): PromptMarks | null {
  const data = ExtraData.safeParse(extraData);
  return data.success ? data.data.ob_studio : null;
}
