import * as z from "zod";

import type { CompiledPrompt, GpuService, ServiceInput } from "../src/contract/gpu-service.ts";

/** What a user chooses or writes, and the instruction it becomes. Warnings are their codes. */
export const GoldenPrompt = z.strictObject({
  input: z.strictObject({
    options: z.record(z.string(), z.string()).optional(),
    prompt: z.string().optional(),
    ratio: z.string().optional(),
    hasMask: z.literal(true).optional(),
    /** How many pictures there are besides the first; none when absent. */
    extraImages: z.int().min(1).max(2).optional(),
  }),
  en: z.string(),
  th: z.string(),
  warnings: z.array(z.string()),
});
/** As a golden file writes it, or as a property test draws it. */
export interface GoldenInput {
  options?: Record<string, string> | undefined;
  prompt?: string | undefined;
  ratio?: string | undefined;
  hasMask?: boolean | undefined;
  extraImages?: number | undefined;
}

export type GoldenPrompt = z.infer<typeof GoldenPrompt>;

/** A golden input as its service resolves it. @throws {Error} when the service refuses it. */
export function resolvedInput(
  service: Pick<GpuService, "resolveInput">,
  { options, prompt, ratio, hasMask = false, extraImages = 0 }: GoldenInput,
): ServiceInput {
  const raw = { options, prompt, ratio, hasMask, extraImages, seed: 1 };
  const resolution = service.resolveInput(raw);
  if (!resolution.ok) {
    throw new Error(`${resolution.problem.field} is refused in ${JSON.stringify(raw)}`);
  }
  return resolution.input;
}

/** A golden case with the texts the compiler gives today. */
export function goldenOf(
  input: GoldenPrompt["input"],
  { en, th, warnings }: CompiledPrompt,
): GoldenPrompt {
  return { input, en, th, warnings: warnings.map(({ code }) => code) };
}
