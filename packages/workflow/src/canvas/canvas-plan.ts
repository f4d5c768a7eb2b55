import * as z from "zod";

const pixels = z.int().positive();
const offset = z.int().nonnegative();
const size = z.strictObject({ width: pixels, height: pixels });
const rect = z.strictObject({ x: offset, y: offset, width: pixels, height: pixels });

const journey = {
  source: size,
  crop: rect,
  /** The crop after scaling, in canvas px; one factor for both axes but for rounding. */
  scaled: size,
  /** Edge-replicated margins around `scaled`, in canvas px. */
  pad: z.strictObject({ left: offset, top: offset, right: offset, bottom: offset }),
  /** `scaled` plus `pad`: a size the encoder leaves unchanged. */
  canvas: size,
  output: size,
  /** Growth in canvas px (in the graph) and inward feather in output px (paste-back); `null` without a mask. */
  mask: z.strictObject({ growPx: offset, featherPx: offset }).nullable(),
};

/**
 * How a picture travels to the model and back; stored with the job. All lengths are whole pixels.
 * `source` is the upright original, `output` the delivered picture: the source itself, or, when the
 * ratio changes, the source with new margins (outpainting), at `placed`. `crop` is the part of the
 * output the model sees. With a mask the model may change what is painted and every margin; without
 * one it may change everything it sees.
 */
export const CanvasPlan = z
  .strictObject({
    version: z.literal(2),
    ...journey,
    /** Where the source lies in the output, in output px. */
    placed: rect,
  })
  .refine(({ output, crop }) => lies(crop, output), {
    error: "the crop leaves the output",
    path: ["crop"],
  })
  .refine(({ output, placed }) => lies(placed, output), {
    error: "the source leaves the output",
    path: ["placed"],
  })
  .refine(
    ({ scaled, pad, canvas }) =>
      scaled.width + pad.left + pad.right === canvas.width &&
      scaled.height + pad.top + pad.bottom === canvas.height,
    { error: "scaled and pad do not add up to the canvas", path: ["canvas"] },
  );
export type CanvasPlan = z.infer<typeof CanvasPlan>;

/** Plans stored before outpainting: the output is the source. */
const CanvasPlanV1 = z.strictObject({ version: z.literal(1), ...journey });

const StoredCanvasPlan = z.union([
  CanvasPlan,
  CanvasPlanV1.transform((plan): CanvasPlan => ({
    ...plan,
    version: 2,
    placed: { x: 0, y: 0, width: plan.output.width, height: plan.output.height },
  })).pipe(CanvasPlan),
]);

/** Reads a plan as it stands in a job's row, of whatever version. @throws {z.ZodError} when it is none. */
export function readCanvasPlan(stored: unknown): CanvasPlan {
  return StoredCanvasPlan.parse(stored);
}

type Size = z.infer<typeof size>;

function lies(inner: z.infer<typeof rect>, outer: Size): boolean {
  return inner.x + inner.width <= outer.width && inner.y + inner.height <= outer.height;
}
