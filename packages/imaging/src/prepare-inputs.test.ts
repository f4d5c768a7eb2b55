import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { canvasOf, discMask, paintMask, photo, planFor, rawSamples } from "../test/fixtures.ts";
import { createImaging } from "./index.ts";

const imaging = createImaging();
afterAll(() => imaging.close());

const ROOMY = 10_000_000;

/** Samples of the pixel at (x, y). */
async function pixelAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, width, channels } = await rawSamples(bytes);
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

test("image and mask are exactly of the canvas size, RGB and grey, without metadata", async () => {
  const original = await photo("coffee.png");
  const size = { width: 600, height: 400 };
  const plan = planFor(size, { bounds: { x: 200, y: 100, width: 200, height: 200 } });
  const mask = await discMask(size);
  const inputs = await imaging.prepareInputs({
    original,
    extras: [],
    mask,
    plan,
    maxBodyBytes: ROOMY,
  });
  const [image, grey] = await Promise.all(
    [canvasOf(inputs).bytes, inputs.mask?.bytes ?? new Uint8Array()].map((b) =>
      sharp(b).metadata(),
    ),
  );
  expect(image).toMatchObject({ ...plan.canvas, channels: 3, format: "png" });
  expect(grey).toMatchObject({ ...plan.canvas, channels: 1, format: "png" });
  expect([image?.exif, image?.icc, image?.comments]).toEqual([undefined, undefined, undefined]);
});

test("padding repeats the edge of the picture, and of the mask", async () => {
  const size = { width: 640, height: 400 };
  const stripes = await sharp({ create: { ...size, channels: 3, background: "#c02010" } })
    .composite([
      {
        input: { create: { width: 600, height: 400, channels: 3, background: "#1040b0" } },
        left: 40,
        top: 0,
      },
    ])
    .png()
    .toBuffer();
  const plan = {
    ...planFor(size, null),
    scaled: { width: 1000, height: 625 },
    pad: { left: 24, top: 10, right: 0, bottom: 37 },
    canvas: { width: 1024, height: 672 },
  };
  const mask = await paintMask(size, (x) => (x < 320 ? 255 : 0));
  const inputs = await imaging.prepareInputs({
    original: stripes,
    extras: [],
    mask,
    plan,
    maxBodyBytes: ROOMY,
  });
  const image = canvasOf(inputs);
  const grey = inputs.mask?.bytes ?? new Uint8Array();
  expect(await pixelAt(image.bytes, 0, 300)).toEqual([0xc0, 0x20, 0x10]);
  expect(await pixelAt(image.bytes, 500, 671)).toEqual([0x10, 0x40, 0xb0]);
  const [left, right] = await Promise.all([pixelAt(grey, 23, 300), pixelAt(grey, 900, 671)]);
  expect([left, right]).toEqual([
    [255, 255, 255],
    [0, 0, 0],
  ]);
});

test("transparency lies on white for the model", async () => {
  const clear = await sharp({
    create: { width: 128, height: 128, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
  })
    .png()
    .toBuffer();
  const plan = planFor({ width: 128, height: 128 }, null);
  const inputs = await imaging.prepareInputs({
    original: clear,
    extras: [],
    mask: null,
    plan,
    maxBodyBytes: ROOMY,
  });
  expect(inputs.mask).toBeNull();
  expect(await pixelAt(canvasOf(inputs).bytes, 64, 64)).toEqual([255, 255, 255]);
});

test("a body that is too small for PNG gets JPEG 4:4:4, and the two files fit together", async () => {
  const original = await photo("astronaut.png");
  const size = { width: 512, height: 512 };
  const mask = await discMask(size);
  const plan = planFor(size, { bounds: { x: 128, y: 128, width: 256, height: 256 } });
  const request = { original, extras: [], mask, plan };
  const lossless = await imaging.prepareInputs({ ...request, maxBodyBytes: ROOMY });
  expect(canvasOf(lossless).extension).toBe("png");
  const room = base64(canvasOf(lossless).bytes) + base64(lossless.mask?.bytes);
  const exact = await imaging.prepareInputs({ ...request, maxBodyBytes: room });
  expect(canvasOf(exact).extension).toBe("png");
  const tight = await imaging.prepareInputs({ ...request, maxBodyBytes: room - 1 });
  expect(canvasOf(tight).extension).toBe("jpg");
  expect(base64(canvasOf(tight).bytes) + base64(tight.mask?.bytes)).toBeLessThan(room);
  const { format, chromaSubsampling } = await sharp(canvasOf(tight).bytes).metadata();
  expect([format, chromaSubsampling]).toEqual(["jpeg", "4:4:4"]);
});

test("a body that cannot hold even the JPEG is an error, not an oversized request", async () => {
  const request = {
    original: await photo("astronaut.png"),
    extras: [],
    mask: null,
    plan: planFor({ width: 512, height: 512 }, null),
  };
  await expect(imaging.prepareInputs({ ...request, maxBodyBytes: 10_000 })).rejects.toThrow(
    /do not fit the body/,
  );
});

test("new margins are mid-grey on the canvas, and the mask is white there and on what is painted", async () => {
  const original = await photo("coffee.png");
  const size = { width: 600, height: 400 };
  const wider = { ratio: "16:9", editsPicture: false };
  const mask = await paintMask(size, (x, y) =>
    x > 250 && x < 350 && y > 150 && y < 250 ? 255 : 0,
  );
  const painted = { bounds: { x: 251, y: 151, width: 99, height: 99 } };
  for (const given of [
    { mask, plan: planFor(size, painted, wider) },
    { mask: null, plan: planFor(size, null, wider) },
  ]) {
    const inputs = await imaging.prepareInputs({
      original,
      extras: [],
      ...given,
      maxBodyBytes: ROOMY,
    });
    const canvas = await rawSamples(canvasOf(inputs).bytes);
    const grey = await rawSamples(inputs.mask?.bytes ?? new Uint8Array());
    const { placed, scaled, crop, pad } = given.plan;
    const left = pad.left + (placed.x * scaled.width) / crop.width;
    const right = pad.left + ((placed.x + placed.width) * scaled.width) / crop.width;
    expect(left).toBeGreaterThan(20);
    const row = Math.floor(canvas.height / 2);
    const at = (x: number) => row * canvas.width + Math.floor(x);
    for (const x of [0, left - 2, right + 2, canvas.width - 1]) {
      expect([...canvas.data.subarray(at(x) * 3, at(x) * 3 + 3)]).toEqual([128, 128, 128]);
      expect(grey.data[at(x) * grey.channels]).toBe(255);
    }
    expect(grey.data[at(left + 2) * grey.channels]).toBe(0);
    expect(grey.data[at(right - 3) * grey.channels]).toBe(0);
    expect(grey.data[at((left + right) / 2) * grey.channels]).toBe(given.mask ? 255 : 0);
    const beside = canvas.data.subarray(at(left + 1) * 3, at(left + 1) * 3 + 3);
    const edge = (await rawSamples(original)).data.subarray(200 * 600 * 3, 200 * 600 * 3 + 3);
    beside.forEach((sample, c) => expect(Math.abs(sample - (edge[c] ?? 0))).toBeLessThan(12));
  }
});

test("where the model may change everything, margins come without a mask", async () => {
  const plan = planFor({ width: 600, height: 400 }, null, { ratio: "1:1", editsPicture: true });
  const original = await photo("coffee.png");
  const inputs = await imaging.prepareInputs({
    original,
    extras: [],
    mask: null,
    plan,
    maxBodyBytes: ROOMY,
  });
  expect(inputs.mask).toBeNull();
  expect(await pixelAt(canvasOf(inputs).bytes, plan.canvas.width / 2, 3)).toEqual([128, 128, 128]);
});

function base64(bytes: Uint8Array | undefined): number {
  return Buffer.from(bytes ?? []).toString("base64").length;
}
