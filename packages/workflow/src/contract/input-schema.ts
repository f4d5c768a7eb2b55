import * as z from "zod";

import { checkPrompt } from "../prompt/check-prompt.ts";
import { normalizePrompt } from "../prompt/normalize-prompt.ts";
import type { Param, WorkflowContract } from "./contract-shape.ts";
import type { InputProblem, ServiceInput } from "./gpu-service.ts";
import { isOnStep } from "./is-on-step.ts";

/**
 * What a user may ask of a contract's service, as a Zod schema that fills in the defaults. Its
 * issues are told apart with {@link inputProblem}.
 */
export function inputSchema(contract: WorkflowContract): z.ZodType<ServiceInput> {
  const { options, params, ratios, modes, limits, images, mask } = contract;
  return z.strictObject({
    options: z
      .strictObject(
        Object.fromEntries(
          options.map(({ id, choices }) => [id, z.exactOptional(oneOf(choices.map((c) => c.id)))]),
        ),
      )
      .default({}),
    params: z
      .strictObject(Object.fromEntries(params.map((param) => [param.id, paramSchema(param)])))
      .prefault({}),
    prompt: promptSchema(limits.promptCodePoints),
    ratio: oneOf(ratios).default(firstOf(ratios)),
    mode: oneOf(modes.map(({ id }) => id)).default(firstOf(modes).id),
    seed: z.int().nonnegative().max(limits.seedMax),
    hasMask: mask === "optional" ? z.boolean() : z.literal(mask === "required"),
    extraImages: z
      .int()
      .min(images.min - 1)
      .max(images.max - 1),
  });
}

function oneOf(ids: readonly string[]): z.ZodType<string> {
  return z.enum(ids);
}

function paramSchema(param: Param): z.ZodType<number, number | undefined> {
  return z
    .number()
    .min(param.min)
    .max(param.max)
    .refine((value) => isOnStep(value, param))
    .default(param.default);
}

/** What nobody could read counts as nothing written. */
function promptSchema(maxCodePoints: number): z.ZodType<string | null> {
  return z
    .string()
    .superRefine((prompt, context) => {
      const code = checkPrompt(prompt, maxCodePoints);
      if (code !== null) context.addIssue({ code: "custom", params: { code } });
    })
    .transform((prompt) => (normalizePrompt(prompt) === "" ? null : prompt))
    .nullable()
    .default(null);
}

function firstOf<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) {
    throw new RangeError("a contract offers at least one ratio and one mode");
  }
  return first;
}

/** Fields of an input by the names callers know them by. */
const FIELD_NAMES: ReadonlyMap<string, string> = new Map([
  ["hasMask", "maskAssetId"],
  ["extraImages", "extraImageAssetIds"],
]);

/** The first thing wrong with an input, as callers are told it. */
export function inputProblem({ issues }: z.ZodError): InputProblem {
  const [issue] = issues;
  const path = (issue?.path ?? []).map(String);
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const [top = "input", ...rest] = [...path, ...unknown];
  const field = [FIELD_NAMES.get(top) ?? top, ...rest].join(".");
  if (top === "options" && rest.length > 0) return { code: "OPTION_UNKNOWN", field };
  const code: unknown = issue?.code === "custom" ? issue.params?.["code"] : null;
  if (code === "PROMPT_TOO_LONG" || code === "PROMPT_INVALID") return { code, field };
  return { code: "INPUT_INVALID", field };
}
