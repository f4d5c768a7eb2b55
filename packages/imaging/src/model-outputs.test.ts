import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { pngBomb } from "../test/bad-files.ts";
import { discMask, photo, planFor, rawSamples } from "../test/fixtures.ts";
import { createImaging } from "./index.ts";

const imaging = createImaging();
afterAll(() => imaging.close());

const SIZE = { width: 512, height: 512 };
const BOUNDS = { x: 128, y: 128, width: 256, height: 256 };

async function finishWith(modelOutput: Uint8Array) {
  const request = { original: await photo("astronaut.png"), mask: await discMask(SIZE) };
  const plan = planFor(SIZE, { bounds: BOUNDS });
  return imaging.finishResult({ ...request, modelOutput, plan });
}

/** The whole canvas in one colour. */
function canvas(channels: 3 | 4, background: { r: number; g: number; b: number; alpha?: number }) {
  const { width, height } = planFor(SIZE, { bounds: BOUNDS }).canvas;
  return sharp({ create: { width, height, channels, background } });
}

const TEAL = { r: 10, g: 120, b: 130 };
const GREY = { r: 110, g: 110, b: 110 };

test.for([
  { what: "8-bit RGB", file: () => canvas(3, TEAL).png().toBuffer(), middle: [10, 120, 130] },
  {
    what: "16-bit RGB",
    file: () => canvas(3, TEAL).toColourspace("rgb16").png().toBuffer(),
    middle: [10, 120, 130],
  },
  {
    what: "palette",
    file: () => canvas(3, TEAL).png({ palette: true }).toBuffer(),
    middle: [10, 120, 130],
  },
  {
    what: "grey",
    file: () => canvas(3, GREY).toColourspace("b-w").png().toBuffer(),
    middle: [110, 110, 110],
  },
  {
    what: "16-bit grey",
    file: () => canvas(3, GREY).toColourspace("grey16").png().toBuffer(),
    middle: [110, 110, 110],
  },
  {
    what: "RGBA on black",
    file: () =>
      canvas(4, { ...TEAL, alpha: 0.5 })
        .png()
        .toBuffer(),
    middle: [5, 60, 65],
  },
  {
    what: "WebP",
    file: () => canvas(3, TEAL).webp({ lossless: true }).toBuffer(),
    middle: [10, 120, 130],
  },
  {
    what: "half size",
    file: () => canvas(3, TEAL).resize(512, 512).png().toBuffer(),
    middle: [10, 120, 130],
  },
])("a model output in $what is taken for what it shows", async ({ file, middle }) => {
  const { png, fidelity } = await finishWith(await file());
  const { data, width } = await rawSamples(png);
  const at = (256 * width + 256) * 3;
  const shown = [...data.subarray(at, at + 3)];
  shown.forEach((sample, c) => expect(Math.abs(sample - (middle[c] ?? 0))).toBeLessThanOrEqual(1));
  // One colour says nothing about where the picture stands, and the result says so.
  expect(fidelity).toMatchObject({
    changedOutsideMask: 0,
    aligned: false,
    shiftPx: null,
    residualPx: null,
  });
});

test.for([
  {
    what: "a single pixel",
    file: () => canvas(3, TEAL).resize(1, 1).png().toBuffer(),
    code: "IMAGE_UNREADABLE",
  },
  {
    what: "of another shape",
    file: () => canvas(3, TEAL).resize(1024, 700, { fit: "fill" }).png().toBuffer(),
    code: "IMAGE_UNREADABLE",
  },
  { what: "a bomb", file: async () => pngBomb(20_000), code: "IMAGE_TOO_MANY_PIXELS" },
  {
    what: "cut off",
    file: async () => (await photo("astronaut.png")).subarray(0, 400_000),
    code: "IMAGE_UNREADABLE",
  },
  {
    what: "a header alone",
    file: async () => (await photo("astronaut.png")).subarray(0, 60),
    code: "IMAGE_UNREADABLE",
  },
  {
    what: "an SVG",
    file: async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    code: "IMAGE_TYPE_UNSUPPORTED",
  },
])("a model output that is $what is refused with a closed code", async ({ file, code }) => {
  await expect(finishWith(await file())).rejects.toMatchObject({ name: "ImageError", code });
});
