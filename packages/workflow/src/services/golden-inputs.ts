import type { PixelSize } from "../canvas/encoder-sizes.ts";
import type { WorkflowContract } from "../contract/workflow-contract.ts";
import type { EditRequest } from "./compile-edit.ts";
import { GOLDEN_PROMPTS } from "./golden-prompts.ts";

const PICTURES: readonly PixelSize[] = [
  { width: 64, height: 64 },
  { width: 1024, height: 1024 },
  { width: 4032, height: 3024 },
  { width: 3000, height: 4000 },
  { width: 6000, height: 750 },
];

/**
 * Edits that together reach every option, param, mode, ratio, and variant a contract offers; the
 * same for the same contract.
 */
export function goldenInputs(contract: WorkflowContract): EditRequest[] {
  const inputs: EditRequest["input"][] = [
    ...contract.options.flatMap(({ id, choices }) =>
      choices.map((choice) => ({ options: { [id]: choice.id } })),
    ),
    ...contract.options.flatMap((group, at) =>
      contract.options.slice(at + 1).map((other) => ({
        options: { ...lastChoice(group), ...lastChoice(other) },
      })),
    ),
    ...GOLDEN_PROMPTS.map((prompt) => ({ prompt })),
    ...contract.params.flatMap(({ id, min, max }) =>
      [min, max].map((value) => ({ params: { [id]: value } })),
    ),
    ...contract.ratios.map((ratio) => ({ ratio })),
    ...contract.ratios.map((ratio) => ({ ratio, prompt: GOLDEN_PROMPTS[0] })),
    ...contract.modes.flatMap((mode) =>
      extraImages(contract).map((count) => ({
        mode: mode.id,
        prompt: GOLDEN_PROMPTS[1],
        extraImages: count,
      })),
    ),
  ].map((input, at) => ({ extraImages: contract.images.min - 1, ...input, seed: at * 1_000_003 }));
  return inputs.flatMap((input, at) => {
    const picture = PICTURES[at % PICTURES.length] ?? { width: 1024, height: 1024 };
    return maskStates(contract).map((isPainted) => ({
      picture,
      maskBounds: isPainted ? paintedPart(picture, at) : null,
      input,
    }));
  });
}

function lastChoice(group: WorkflowContract["options"][number]): Record<string, string> {
  const choice = group.choices.at(-1);
  return choice === undefined ? {} : { [group.id]: choice.id };
}

function extraImages({ images }: WorkflowContract): number[] {
  return Array.from({ length: images.max - images.min + 1 }, (_, at) => images.min - 1 + at);
}

function maskStates({ mask }: WorkflowContract): readonly boolean[] {
  return { none: [false], optional: [false, true], required: [true] }[mask];
}

/** A part of the picture: a corner, most of it, or a small spot, in turn. */
function paintedPart({ width, height }: PixelSize, at: number): EditRequest["maskBounds"] {
  const share = [3, 1.25, 12][at % 3] ?? 3;
  return {
    x: Math.floor(width / share / 4),
    y: Math.floor(height / share / 4),
    width: Math.max(1, Math.floor(width / share / 1.5)),
    height: Math.max(1, Math.floor(height / share / 1.5)),
  };
}
