import * as z from "zod";

const pixels = z.int().positive();
const offset = z.int().nonnegative();
const size = z.strictObject({ width: pixels, height: pixels });

/**
 * How a picture travels to the model and back; stored with the job. All lengths are whole pixels,
 * `source` is the upright original.
 */
export const CanvasPlan = z
  .strictObject({
    version: z.literal(1),
    source: size,
    /** The part of `source` the model sees, in source px. */
    crop: z.strictObject({ x: offset, y: offset, width: pixels, height: pixels }),
    /** The crop after scaling, in canvas px; one factor for both axes but for rounding. */
    scaled: size,
    /** Edge-replicated margins around `scaled`, in canvas px. */
    pad: z.strictObject({ left: offset, top: offset, right: offset, bottom: offset }),
    /** `scaled` plus `pad`: a size the encoder leaves unchanged. */
    canvas: size,
    /** The delivered picture. */
    output: size,
    /** Growth in canvas px (in the graph) and inward feather in source px (paste-back); `null` without a mask. */
    mask: z.strictObject({ growPx: offset, featherPx: offset }).nullable(),
  })
  .refine(
    ({ source, crop }) =>
      crop.x + crop.width <= source.width && crop.y + crop.height <= source.height,
    { error: "the crop leaves the source", path: ["crop"] },
  )
  .refine(
    ({ scaled, pad, canvas }) =>
      scaled.width + pad.left + pad.right === canvas.width &&
      scaled.height + pad.top + pad.bottom === canvas.height,
    { error: "scaled and pad do not add up to the canvas", path: ["canvas"] },
  );
export type CanvasPlan = z.infer<typeof CanvasPlan>;
