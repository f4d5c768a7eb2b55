import { createHash } from "node:crypto";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { drawLikeTheModel, type Drawing } from "../test/draw-like-the-model.ts";
import {
  canvasOf,
  discMask,
  paintMask,
  photo,
  planFor,
  rawSamples,
  type Size,
} from "../test/fixtures.ts";
import { createImaging, type ImageError } from "./index.ts";

const imaging = createImaging();
afterAll(() => imaging.close());

const DRIFT: Drawing = { shiftX: 2, shiftY: -2, zoom: 1, noise: 6, seed: 7 };

/** Upload, working copy, model, result: the whole way a picture goes. */
async function edit(file: Uint8Array, drawMask: typeof discMask | null, drawing: Drawing) {
  const picture = await imaging.decodeUpload(file, { kind: "image", contentType: "image/png" });
  const size = { width: picture.width, height: picture.height };
  const mask = drawMask
    ? await imaging.decodeUpload(await drawMask(size), { kind: "mask", contentType: "image/png" })
    : null;
  const plan = planFor(size, mask?.mask ?? null);
  const request = { original: picture.png, mask: mask?.png ?? null, plan };
  const inputs = await imaging.prepareInputs({ ...request, extras: [], maxBodyBytes: 10_000_000 });
  const modelOutput = await drawLikeTheModel(
    canvasOf(inputs).bytes,
    inputs.mask?.bytes ?? null,
    drawing,
  );
  const result = await imaging.finishResult({ ...request, modelOutput });
  return { picture, mask, plan, request, modelOutput, result };
}

async function countOutside(original: Uint8Array, result: Uint8Array, mask: Uint8Array) {
  const [before, after, levels] = await Promise.all([original, result, mask].map(rawSamples));
  if (!before || !after || !levels) throw new Error("three pictures in, three out");
  const { channels } = before;
  const count = { kept: 0, changedOutside: 0, painted: 0, changedInside: 0 };
  for (let pixel = 0; pixel < before.width * before.height; pixel += 1) {
    let same = true;
    for (let c = 0; c < channels; c += 1) {
      if (before.data[pixel * channels + c] !== after.data[pixel * channels + c]) same = false;
    }
    const isKept = levels.data[pixel * levels.channels] === 0;
    if (isKept) count.kept += 1;
    else count.painted += 1;
    if (!same && isKept) count.changedOutside += 1;
    if (!same && !isKept) count.changedInside += 1;
  }
  return count;
}

test.for(["coffee-12mp-rotated.jpg", "rocket-display-p3.jpg"])(
  "%s: every pixel of mask 0 is byte-identical after the model altered the whole picture",
  async (name) => {
    const { picture, mask, plan, result } = await edit(await photo(name), discMask, DRIFT);
    const count = await countOutside(picture.png, result.png, mask?.png ?? new Uint8Array());
    expect(count.changedOutside).toBe(0);
    expect(count.changedInside).toBeGreaterThan(0.95 * count.painted);
    expect(result.fidelity.comparedPixels).toBe(count.kept);
    expect(result.fidelity.changedOutsideMask).toBe(0);
    expect(result.fidelity.similarity).toBeGreaterThan(0.999);
    const perCanvasPx = plan.crop.width / plan.scaled.width;
    expect(result.fidelity.shiftPx).toBeCloseTo(Math.hypot(2, 2) * perCanvasPx, 0);
    expect([result.width, result.height]).toEqual([picture.width, picture.height]);
  },
);

test.for([
  { drift: "shift", moved: { shiftX: 2, shiftY: -2, zoom: 1 } },
  { drift: "zoom", moved: { shiftX: -1.5, shiftY: 0.5, zoom: 1.015 } },
])(
  "the model's $drift is undone under a soft mask, whose level sets how much is taken",
  async ({ moved }) => {
    // Level 100 is below what makes the model paint stripes: it only shifts and dims, so undone it must fit the original.
    const half = (size: Size) => paintMask(size, (x) => (x < size.width / 2 ? 0 : 100));
    const { picture, result } = await edit(await photo("astronaut.png"), half, {
      ...moved,
      noise: 0,
      seed: 1,
    });
    const [before, after] = await Promise.all([rawSamples(picture.png), rawSamples(result.png)]);
    const away = { undone: 0, shifted: 0 };
    for (let y = 100; y < 400; y += 1) {
      for (let x = 350; x < 480; x += 1) {
        const at = (y * before.width + x) * 3;
        const here = before.data[at] ?? 0;
        // Where a pixel would come from had one source pixel (two working pixels) been left in.
        const aside = before.data[at + 3 * (before.width - 1)] ?? 0;
        const actual = after.data[at] ?? 0;
        away.undone += Math.abs(actual - here);
        away.shifted += Math.abs(actual - (here + (100 / 255) * (aside - here)));
      }
    }
    expect(away.undone / (300 * 130)).toBeLessThan(1);
    expect(away.undone).toBeLessThan(away.shifted / 2);
  },
);

test("without a mask the whole picture is the model's and only similarity is measured", async () => {
  const { picture, result } = await edit(await photo("rocket.jpg"), null, DRIFT);
  const { comparedPixels, changedOutsideMask, shiftPx, similarity } = result.fidelity;
  expect([comparedPixels, changedOutsideMask, shiftPx]).toEqual([null, null, null]);
  expect(similarity).toBeGreaterThan(0.3);
  expect(similarity).toBeLessThan(0.999);
  const [before, after] = await Promise.all([rawSamples(picture.png), rawSamples(result.png)]);
  expect(after.data.equals(before.data)).toBe(false);
});

test("an original with alpha keeps it without a mask, and outside the mask with one", async () => {
  const gradient = await sharp(await photo("coffee.png"))
    .joinChannel(Buffer.from(await paintMask({ width: 600, height: 400 }, (x) => Math.min(255, x))))
    .png()
    .toBuffer();
  const whole = await edit(gradient, null, DRIFT);
  const after = await rawSamples(whole.result.png);
  expect(after.channels).toBe(4);
  expect(after.data[4 * 100 + 3]).toBe(100);
  const masked = await edit(gradient, discMask, DRIFT);
  const count = await countOutside(
    masked.picture.png,
    masked.result.png,
    masked.mask?.png ?? new Uint8Array(),
  );
  expect(count.changedOutside).toBe(0);
  expect(count.changedInside).toBeGreaterThan(0);
});

test("a mask drawn at another size changes nothing where its nearest pixel is 0", async () => {
  const third = (size: Size) =>
    discMask({ width: Math.round(size.width / 3), height: Math.round(size.height / 3) });
  const { picture, mask, result } = await edit(await photo("coffee.png"), third, DRIFT);
  const small = await rawSamples(mask?.png ?? new Uint8Array());
  const nearest = await paintMask({ width: 600, height: 400 }, (x, y) => {
    const row = Math.floor(((y + 0.5) * small.height) / 400);
    const column = Math.floor(((x + 0.5) * small.width) / 600);
    return small.data[(row * small.width + column) * small.channels] ?? 0;
  });
  const count = await countOutside(picture.png, result.png, nearest);
  expect(count.changedOutside).toBe(0);
  expect(count.changedInside).toBeGreaterThan(0.9 * count.painted);
});

test("a model output of another size is brought to the canvas", async () => {
  const { request, modelOutput, picture, mask } = await edit(
    await photo("coffee.png"),
    discMask,
    DRIFT,
  );
  const half = await sharp(modelOutput).resize(500).webp().toBuffer();
  const result = await imaging.finishResult({ ...request, modelOutput: half });
  const count = await countOutside(picture.png, result.png, mask?.png ?? new Uint8Array());
  expect(count.changedOutside).toBe(0);
  expect(count.changedInside).toBeGreaterThan(0.9 * count.painted);
});

test("the result is an 8-bit RGB PNG, not palette, not interlaced, without metadata, and hashed", async () => {
  const { result, modelOutput, request } = await edit(await photo("chelsea.png"), discMask, DRIFT);
  const tagged = await sharp(modelOutput)
    .withExif({ IFD0: { Copyright: "prompt" } })
    .png()
    .toBuffer();
  const again = await imaging.finishResult({ ...request, modelOutput: tagged });
  for (const { png, sha256 } of [result, again]) {
    expect([...png.subarray(24, 29)]).toEqual([8, 2, 0, 0, 0]);
    const { exif, xmp, icc, comments } = await sharp(png).metadata();
    expect([exif, xmp, icc, comments]).toEqual([undefined, undefined, undefined, undefined]);
    expect(sha256).toBe(createHash("sha256").update(png).digest("hex"));
  }
  const preview = await sharp(result.preview).metadata();
  expect([preview.format, preview.width]).toEqual(["webp", result.width]);
});

test("a model output of another shape is refused, not stretched", async () => {
  const { request, modelOutput, plan } = await edit(await photo("coffee.png"), null, DRIFT);
  const resized = (factor: number) =>
    sharp(modelOutput)
      .resize(Math.round(plan.canvas.width * factor), plan.canvas.height, { fit: "fill" })
      .png()
      .toBuffer();
  const narrow = imaging.finishResult({ ...request, modelOutput: await resized(0.98) });
  await expect(narrow).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
  const within = await imaging.finishResult({ ...request, modelOutput: await resized(0.995) });
  expect([within.width, within.height]).toEqual([600, 400]);
});

test.for([
  [1, 1],
  [1, 700],
  [63, 2],
  [40, 30],
] as const)("a picture of %i by %i goes all the way", async ([width, height]) => {
  const file = await sharp({ create: { width, height, channels: 3, background: "#c04010" } })
    .png()
    .toBuffer();
  const all = (size: Size) => paintMask(size, () => 255);
  for (const mask of [null, all, discMask]) {
    const { result } = await edit(file, mask, DRIFT);
    expect([result.width, result.height]).toEqual([width, height]);
    expect(result.fidelity.similarity).toBeGreaterThanOrEqual(0);
  }
});

test.for([
  { what: "nothing", modelOutput: new Uint8Array() },
  { what: "text", modelOutput: new TextEncoder().encode("out of memory") },
])("a model output of $what cannot be used", async ({ modelOutput }) => {
  const { request } = await edit(await photo("chelsea.png"), null, DRIFT);
  await expect(imaging.finishResult({ ...request, modelOutput })).rejects.toMatchObject({
    code: "IMAGE_UNREADABLE",
  } satisfies Partial<ImageError>);
});

test("a plan made for another picture is refused", async () => {
  const { request, modelOutput } = await edit(await photo("chelsea.png"), null, DRIFT);
  const plan = planFor({ width: 640, height: 480 }, null);
  await expect(imaging.finishResult({ ...request, plan, modelOutput })).rejects.toThrow(
    /source is the original's size/,
  );
});
