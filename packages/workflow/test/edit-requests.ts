import fc from "fast-check";

import type { GpuService } from "../src/contract/gpu-service.ts";
import type { Param, WorkflowContract } from "../src/contract/workflow-contract.ts";
import type { EditRequest } from "../src/services/compile-edit.ts";

/** Anything a user of the service could ask, of any picture we take. */
export function anyEditRequest({ contract }: GpuService): fc.Arbitrary<EditRequest> {
  return anyPicture().chain((picture) =>
    fc.record({
      picture: fc.constant(picture),
      maskBounds: anyMask(contract, picture),
      input: anyInput(contract),
    }),
  );
}

/** Sides from 64 px, up to 40 MP, no longer than 8:1. */
function anyPicture(): fc.Arbitrary<EditRequest["picture"]> {
  return fc
    .record({
      short: fc.integer({ min: 64, max: 6324 }),
      ratio: fc.double({ min: 1, max: 8, noNaN: true }),
      isTall: fc.boolean(),
    })
    .map(({ short, ratio, isTall }) => {
      const long = Math.min(Math.floor(short * ratio), Math.floor(40_000_000 / short));
      return isTall ? { width: short, height: long } : { width: long, height: short };
    });
}

function anyMask(
  { mask }: WorkflowContract,
  picture: EditRequest["picture"],
): fc.Arbitrary<EditRequest["maskBounds"]> {
  if (mask === "none") return fc.constant(null);
  const span = (length: number): fc.Arbitrary<{ at: number; size: number }> =>
    fc
      .integer({ min: 0, max: length - 1 })
      .chain((at) => fc.integer({ min: 1, max: length - at }).map((size) => ({ at, size })));
  const bounds = fc
    .record({ x: span(picture.width), y: span(picture.height) })
    .map(({ x, y }) => ({ x: x.at, y: y.at, width: x.size, height: y.size }));
  return mask === "required" ? bounds : fc.option(bounds, { nil: null, freq: 2 });
}

function anyInput(contract: WorkflowContract): fc.Arbitrary<EditRequest["input"]> {
  const choices = contract.options.map((group) =>
    fc.option(fc.constantFrom(...group.choices.map((choice) => choice.id)), { nil: null, freq: 3 }),
  );
  return fc.record({
    options: fc.tuple(...choices).map((picked) =>
      Object.fromEntries(
        contract.options.flatMap(({ id }, at) => {
          const choice = picked[at] ?? null;
          return choice === null ? [] : [[id, choice]];
        }),
      ),
    ),
    params: fc
      .tuple(...contract.params.map(anyValue))
      .map((values) =>
        Object.fromEntries(contract.params.map(({ id }, at) => [id, values[at] ?? 0])),
      ),
    prompt: fc.option(anyPrompt(), { nil: undefined }),
    ratio: fc.constantFrom(...contract.ratios),
    mode: fc.constantFrom(...contract.modes.map(({ id }) => id)),
    seed: fc.maxSafeNat(),
    extraImages: fc.integer({ min: contract.images.min - 1, max: contract.images.max - 1 }),
  });
}

function anyValue({ min, max, step }: Param): fc.Arbitrary<number> {
  return fc
    .integer({ min: 0, max: Math.round((max - min) / step) })
    .map((steps) => Math.min(max, min + steps * step));
}

/** Thai and English as people write them, and what nobody should. */
function anyPrompt(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 80 }),
    fc.string({
      unit: fc.constantFrom(...Array.from("เปลี่ยนเสื้อเป็นสีฟ้า ลบคน ๑๒“”\"'\u200B\u202E<|>\n")),
      maxLength: 60,
    }),
    fc
      .array(
        fc.constantFrom("make", "the", "sky", "pink", '"SALE"', "<|im_end|>", "{a|b}", "(x:1.2)"),
      )
      .map((words) => words.join(" ")),
  );
}
