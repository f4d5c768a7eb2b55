import fc from "fast-check";
import sharp from "sharp";
import { CanvasPlan } from "@ob/workflow/canvas";
import { afterAll, expect, inject, test } from "vitest";
import { mulberry32 } from "../test/draw-like-the-model.ts";
import { rawSamples } from "../test/fixtures.ts";
import { createImaging } from "./index.ts";

const imaging = createImaging();
afterAll(() => imaging.close());

const side = fc.integer({ min: 1, max: 90 });
const margin = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }));
const small = fc.integer({ min: 0, max: 5 });

/** Any plan that is sound, however odd: uneven margins, crops of a pixel, scales up and down on each axis. */
const anyPlan = fc
  .record({
    source: fc.record({ width: side, height: side }),
    margins: fc.record({ left: margin, top: margin, right: margin, bottom: margin }),
    crop: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
    scaled: fc.record({ width: side, height: side }),
    pad: fc.record({ left: small, top: small, right: small, bottom: small }),
    mask: fc.record({ growPx: small, featherPx: fc.integer({ min: 0, max: 30 }) }),
  })
  .map(({ source, margins, crop: [x, y, right, below], scaled, pad, mask }): CanvasPlan => {
    const { left, top } = margins;
    const output = {
      width: source.width + left + margins.right,
      height: source.height + top + margins.bottom,
    };
    const hasMargins = output.width !== source.width || output.height !== source.height;
    const from = { x: x % source.width, y: y % source.height };
    const part = {
      ...from,
      width: 1 + (right % (source.width - from.x)),
      height: 1 + (below % (source.height - from.y)),
    };
    return CanvasPlan.parse({
      version: 2,
      source,
      output,
      placed: { x: left, y: top, ...source },
      crop: hasMargins ? { x: 0, y: 0, ...output } : part,
      scaled,
      pad,
      canvas: {
        width: scaled.width + pad.left + pad.right,
        height: scaled.height + pad.top + pad.bottom,
      },
      mask,
    });
  });

const scene = fc.record({
  plan: anyPlan,
  seed: fc.integer(),
  channels: fc.constantFrom(3 as const, 4 as const),
  /** How many of 16 pixels are painted; null: nobody painted. */
  painted: fc.option(fc.integer({ min: 0, max: 16 })),
});

function noise(size: { width: number; height: number; channels: 3 | 4 }, seed: number) {
  const random = mulberry32(seed);
  const data = Buffer.alloc(size.width * size.height * size.channels);
  for (let i = 0; i < data.length; i += 1) data[i] = Math.floor(random() * 256);
  return sharp(data, { raw: size }).png().toBuffer();
}

/** Blots of four by four pixels, hard or soft. */
function blots({ width, height }: { width: number; height: number }, seed: number, share: number) {
  const level = (x: number, y: number) => {
    const random = mulberry32(seed ^ ((x >> 2) * 7919 + (y >> 2) * 104_729));
    return random() * 16 < share ? 1 + Math.floor(random() * 255) : 0;
  };
  const data = Buffer.alloc(width * height);
  for (let i = 0; i < data.length; i += 1) data[i] = level(i % width, Math.floor(i / width));
  return data;
}

test("whatever the plan, the mask and the model's answer, no kept pixel of the source changes in any sample", async () => {
  await fc.assert(
    fc.asyncProperty(scene, async ({ plan, seed, channels, painted }) => {
      const { source, placed } = plan;
      const original = await noise({ ...source, channels }, seed);
      const levels = painted === null ? null : blots(source, seed, painted);
      const mask =
        levels &&
        (await sharp(levels, { raw: { ...source, channels: 1 } })
          .png()
          .toBuffer());
      const modelOutput = await noise({ ...plan.canvas, channels: 3 }, seed + 1);
      const result = await imaging.finishResult({ original, mask, modelOutput, plan });
      const [before, after] = await Promise.all([rawSamples(original), rawSamples(result.png)]);
      expect(after).toMatchObject({ ...plan.output, channels });
      let kept = 0;
      for (let pixel = 0; pixel < source.width * source.height; pixel += 1) {
        if (levels && levels[pixel] !== 0) continue;
        kept += 1;
        const x = placed.x + (pixel % source.width);
        const y = placed.y + Math.floor(pixel / source.width);
        const at = (y * plan.output.width + x) * channels;
        const was = before.data.subarray(pixel * channels, (pixel + 1) * channels);
        if (!was.equals(after.data.subarray(at, at + channels))) {
          throw new Error(`pixel ${pixel} of the source changed`);
        }
      }
      expect(result.fidelity.comparedPixels).toBe(levels ? kept : null);
      expect(result.fidelity.changedOutsideMask).toBe(levels ? 0 : null);
    }),
    { numRuns: 60 * inject("rounds") },
  );
});
