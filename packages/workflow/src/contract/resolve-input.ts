import { checkPrompt } from "../prompt/check-prompt.ts";
import { normalizePrompt } from "../prompt/normalize-prompt.ts";
import type { InputProblem, InputResolution, RawServiceInput } from "./gpu-service.ts";
import type { WorkflowContract } from "./workflow-contract.ts";

/** Checks what a user asked for against a contract and fills in its defaults. */
export function resolveContractInput(
  contract: WorkflowContract,
  raw: RawServiceInput,
): InputResolution {
  const options = raw.options ?? {};
  const ratio = raw.ratio ?? firstOf(contract.ratios);
  const mode = raw.mode ?? firstOf(contract.modes).id;
  const problem =
    optionProblem(contract, options) ??
    paramProblem(contract, raw.params ?? {}) ??
    promptProblem(contract, raw.prompt) ??
    settingProblem(contract, { raw, ratio, mode });
  if (problem !== null) return { ok: false, problem };
  const prompt = raw.prompt ?? null;
  return {
    ok: true,
    input: {
      options: { ...options },
      params: {
        ...Object.fromEntries(contract.params.map((param) => [param.id, param.default])),
        ...raw.params,
      },
      prompt: prompt === null || normalizePrompt(prompt) === "" ? null : prompt,
      ratio,
      mode,
      seed: raw.seed,
      hasMask: raw.hasMask,
      extraImages: raw.extraImages,
    },
  };
}

function firstOf<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined)
    throw new RangeError("a contract offers at least one ratio and one mode");
  return first;
}

function optionProblem(
  contract: WorkflowContract,
  options: Record<string, string>,
): InputProblem | null {
  for (const [id, choiceId] of Object.entries(options)) {
    const group = contract.options.find((option) => option.id === id);
    if (group?.choices.some((choice) => choice.id === choiceId) !== true) {
      return { code: "OPTION_UNKNOWN", field: `options.${id}` };
    }
  }
  return null;
}

function paramProblem(
  contract: WorkflowContract,
  params: Record<string, number>,
): InputProblem | null {
  for (const [id, value] of Object.entries(params)) {
    const param = contract.params.find((known) => known.id === id);
    const fits = param !== undefined && value >= param.min && value <= param.max;
    if (!fits || !isOnStep(value, param)) return { code: "INPUT_INVALID", field: `params.${id}` };
  }
  return null;
}

function isOnStep(value: number, { min, step }: { min: number; step: number }): boolean {
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function promptProblem(
  contract: WorkflowContract,
  prompt: string | undefined,
): InputProblem | null {
  if (prompt === undefined) return null;
  const code = checkPrompt(prompt, contract.limits.promptCodePoints);
  return code === null ? null : { code, field: "prompt" };
}

function settingProblem(
  contract: WorkflowContract,
  { raw, ratio, mode }: { raw: RawServiceInput; ratio: string; mode: string },
): InputProblem | null {
  const images = 1 + raw.extraImages;
  const checks: readonly (readonly [field: string, isGood: boolean])[] = [
    ["ratio", contract.ratios.includes(ratio)],
    ["mode", contract.modes.some((known) => known.id === mode)],
    [
      "seed",
      Number.isSafeInteger(raw.seed) && raw.seed >= 0 && raw.seed <= contract.limits.seedMax,
    ],
    ["maskAssetId", contract.mask === "optional" || (contract.mask === "required") === raw.hasMask],
    [
      "extraImageAssetIds",
      Number.isSafeInteger(raw.extraImages) &&
        images >= contract.images.min &&
        images <= contract.images.max,
    ],
  ];
  const failed = checks.find(([, isGood]) => !isGood);
  return failed === undefined ? null : { code: "INPUT_INVALID", field: failed[0] };
}
