import sharp from "sharp";
import { planCanvas, type CanvasPlan } from "@ob/workflow/canvas";
import { afterAll, expect, test } from "vitest";
import { drawLikeTheModel } from "../test/draw-like-the-model.ts";
import { canvasOf, discMask, photo, planFor, rawSamples } from "../test/fixtures.ts";
import { createImaging } from "./index.ts";

const imaging = createImaging();
afterAll(() => imaging.close());

const SIZE = { width: 600, height: 400 };
const DRIFT = { shiftX: 3, shiftY: -2, zoom: 1.01, noise: 6, seed: 5 } as const;

async function finish(given: { original: Uint8Array; mask: Uint8Array | null; plan: CanvasPlan }) {
  const inputs = await imaging.prepareInputs({ ...given, extras: [], maxBodyBytes: 20_000_000 });
  const modelOutput = await drawLikeTheModel(
    canvasOf(inputs).bytes,
    inputs.mask?.bytes ?? null,
    DRIFT,
  );
  return imaging.finishResult({ ...given, modelOutput });
}

/** The delivered samples of the source's area, and of everything around it. */
async function split(png: Uint8Array, { placed, output }: CanvasPlan) {
  const all = await rawSamples(png);
  expect(all).toMatchObject(output);
  const source = await sharp(png)
    .extract({ left: placed.x, top: placed.y, width: placed.width, height: placed.height })
    .raw()
    .toBuffer();
  const margins: number[][] = [];
  for (let pixel = 0; pixel < output.width * output.height; pixel += 1) {
    const x = (pixel % output.width) - placed.x;
    const y = Math.floor(pixel / output.width) - placed.y;
    if (x >= 0 && y >= 0 && x < placed.width && y < placed.height) continue;
    margins.push([...all.data.subarray(pixel * all.channels, (pixel + 1) * all.channels)]);
  }
  return { source, margins };
}

/** Stripes of the model's paint. */
function isDrawn([red = 0, green = 0]: number[]): boolean {
  return Math.abs(red - green) > 90;
}

test.for(["16:9", "9:16"])(
  "a picture made %s keeps every pixel of its own, and the margins are the model's",
  async (ratio) => {
    const original = await photo("coffee.png");
    const plan = planFor(SIZE, null, { ratio, editsPicture: false });
    const { png, fidelity } = await finish({ original, mask: null, plan });
    const { source, margins } = await split(png, plan);
    expect(source.equals((await rawSamples(original)).data)).toBe(true);
    expect(margins.filter(isDrawn).length).toBeGreaterThan(0.8 * margins.length);
    // Nobody painted a mask, so there is nothing to count; the border is measured all the same.
    expect(fidelity).toMatchObject({
      comparedPixels: null,
      changedOutsideMask: null,
      shiftPx: null,
      aligned: true,
    });
    expect(fidelity.similarity).toBeGreaterThan(0.999);
    expect(fidelity.residualPx).toBeLessThan(0.2);
    expect(fidelity.seam).toBeGreaterThan(3);
  },
);

test("with a mask and margins, exactly the unpainted pixels of the source are compared, and none changed", async () => {
  const original = await photo("coffee.png");
  const mask = await discMask(SIZE);
  const bounds = { x: 200, y: 100, width: 200, height: 200 };
  const plan = planFor(SIZE, { bounds }, { ratio: "1:1", editsPicture: true });
  const { png, fidelity } = await finish({ original, mask, plan });
  const { source } = await split(png, plan);
  const [before, levels] = await Promise.all([rawSamples(original), rawSamples(mask)]);
  let kept = 0;
  let changed = 0;
  for (let pixel = 0; pixel < SIZE.width * SIZE.height; pixel += 1) {
    if (levels.data[pixel * levels.channels] !== 0) continue;
    kept += 1;
    const same = before.data.subarray(pixel * 3, pixel * 3 + 3);
    if (!same.equals(source.subarray(pixel * 3, pixel * 3 + 3))) changed += 1;
  }
  expect(changed).toBe(0);
  expect(fidelity).toMatchObject({ comparedPixels: kept, changedOutsideMask: 0, aligned: true });
  expect(fidelity.shiftPx).toBeGreaterThan(1);
});

test("where everything may change, the whole output is the model's and only similarity is told", async () => {
  const original = await photo("coffee.png");
  const plan = planFor(SIZE, null, { ratio: "1:1", editsPicture: true });
  const { png, fidelity } = await finish({ original, mask: null, plan });
  const { source, margins } = await split(png, plan);
  expect(source.equals((await rawSamples(original)).data)).toBe(false);
  // The grey it was given, as our stand-in without a mask redraws nothing; far from the source's edge.
  const [corner = []] = margins;
  for (const sample of corner) expect(Math.abs(sample - (128 * 0.97 + 4))).toBeLessThan(12);
  const { similarity, ...others } = fidelity;
  expect(Object.values(others)).toEqual([null, null, null, null, null, null]);
  expect(similarity).toBeGreaterThan(0.2);
});

test("a source scaled down to keep the output within its limit is compared at its new size", async () => {
  const original = await photo("coffee.png");
  const mask = await discMask(SIZE);
  const plan = planCanvas({
    picture: SIZE,
    maskBounds: { x: 200, y: 100, width: 200, height: 200 },
    ratio: "9:16",
    editsPicture: true,
    softness: { growCanvasPx: 12, featherCanvasPx: 6 },
    limits: { maxOutputPixels: 200_000 },
  });
  expect(plan.placed.width).toBeLessThan(SIZE.width);
  const { png, fidelity } = await finish({ original, mask, plan });
  const { source } = await split(png, plan);
  const scaled = await sharp(original)
    .resize(plan.placed.width, plan.placed.height, { fit: "fill" })
    .raw()
    .toBuffer();
  const outside = { start: 0, end: plan.placed.width * 3 * 10 };
  expect(source.subarray(0, outside.end).equals(scaled.subarray(0, outside.end))).toBe(true);
  expect(fidelity.changedOutsideMask).toBe(0);
  const { width, height } = plan.placed;
  const disc = Math.PI * (height / 4) ** 2;
  expect(fidelity.comparedPixels).toBeGreaterThan((width * height - disc) * 0.98);
  expect(fidelity.comparedPixels).toBeLessThan((width * height - disc) * 1.02);
});

test("margins are opaque, and a transparent source stays as it is", async () => {
  const original = await sharp(await photo("coffee.png"))
    .joinChannel(Buffer.from(await discMask(SIZE)))
    .png()
    .toBuffer();
  for (const editsPicture of [false, true]) {
    const plan = planFor(SIZE, null, { ratio: "1:1", editsPicture });
    const { png } = await finish({ original, mask: null, plan });
    const { source, margins } = await split(png, plan);
    expect(margins.every(([, , , alpha]) => alpha === 255)).toBe(true);
    const before = await rawSamples(original);
    expect(before.channels).toBe(4);
    let sameAlpha = true;
    for (let at = 3; at < source.length; at += 4) sameAlpha &&= source[at] === before.data[at];
    expect(sameAlpha).toBe(true);
    if (!editsPicture) expect(source.equals(before.data)).toBe(true);
  }
});

test("the feather runs from the source's edge into the margin only", async () => {
  const black = await sharp({ create: { ...SIZE, channels: 3, background: "#000000" } })
    .png()
    .toBuffer();
  const plan = planFor(SIZE, null, { ratio: "16:9", editsPicture: false });
  const featherPx = plan.mask?.featherPx ?? 0;
  expect(featherPx).toBeGreaterThan(2);
  const modelOutput = await sharp({
    create: { ...plan.canvas, channels: 3, background: "#ffffff" },
  })
    .png()
    .toBuffer();
  const { png } = await imaging.finishResult({ original: black, mask: null, modelOutput, plan });
  const { data, width } = await rawSamples(png);
  const across = Array.from({ length: width }, (_, x) => data[(200 * width + x) * 3] ?? 0);
  const left = across.slice(0, plan.placed.x).toReversed();
  expect(across.slice(plan.placed.x, plan.placed.x + plan.placed.width).every((v) => v === 0)).toBe(
    true,
  );
  expect(left[0]).toBeGreaterThan(0);
  expect(left[0]).toBeLessThan(128);
  expect(left).toEqual(left.toSorted((a, b) => a - b));
  expect(left.slice(featherPx).every((value) => value === 255)).toBe(true);
});
