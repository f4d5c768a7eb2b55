import type { CompiledPrompt, ServiceInput } from "../src/contract/gpu-service.ts";
import type { WorkflowContract } from "../src/contract/workflow-contract.ts";
import type { TranslatedRequest } from "../src/prompt/thai/translate-request.ts";

export interface PromptCase {
  contract: WorkflowContract;
  input: ServiceInput;
  compiled: CompiledPrompt;
  /** Whether the golden file expects just this. */
  isSame: boolean;
}

const DIFFERS = "  ≠ NOT what the golden file expects\n";

/** A compiled edit for a reader: what was asked, the instruction, its explanation, the warnings. */
export function promptCaseText({ contract, input, compiled, isSame }: PromptCase): string {
  const asked = [
    ...contract.options.flatMap(({ id, title, choices }) => {
      const choice = choices.find((known) => known.id === input.options[id]);
      return choice === undefined ? [] : [`${title.th}: ${choice.title.th} (${id}: ${choice.id})`];
    }),
    ...(input.prompt === null ? [] : [`พิมพ์ว่า: ${input.prompt.replaceAll("\n", " ⏎ ")}`]),
    ...(input.ratio === "original" ? [] : [`สัดส่วน ${input.ratio}`]),
    ...(input.hasMask ? ["ระบายบริเวณไว้"] : []),
    ...(input.extraImages === 0 ? [] : [`มีรูปเพิ่ม ${input.extraImages} รูป`]),
  ];
  const warnings = compiled.warnings.map(
    ({ code, field, message }) =>
      `  !  ${code} (${field ?? "-"})\n     ${message.th}\n     ${message.en}\n`,
  );
  return [
    `${asked.length === 0 ? "(ไม่ได้เลือกอะไร)" : asked.join(" + ")}\n`,
    isSame ? "" : DIFFERS,
    `  EN ${compiled.en}\n`,
    compiled.th
      .split("\n")
      .map((line) => `  TH ${line}\n`)
      .join(""),
    ...warnings,
  ].join("");
}

/** A translated sentence for a reader. */
export function sentenceCaseText(
  asked: string,
  request: TranslatedRequest,
  isSame: boolean,
): string {
  const notes = [
    ...(request.changes.size === 0 ? [] : [`changes ${[...request.changes].join(", ")}`]),
    ...(request.protects.size === 0 ? [] : [`protects ${[...request.protects].join(", ")}`]),
    ...(request.unknown.length === 0 ? [] : [`UNKNOWN ${request.unknown.join(" | ")}`]),
  ];
  return [
    `${asked.replaceAll("\n", " ⏎ ")}\n`,
    isSame ? "" : DIFFERS,
    `  EN ${request.sentences.join(" ")}\n`,
    `  TH ${request.th.replaceAll("\n", " ⏎ ")}\n`,
    notes.length === 0 ? "" : `     ${notes.join("; ")}\n`,
  ].join("");
}
