import sharp from "sharp";
import { describe, expect, test } from "vitest";

import { drawPicture, type PictureRequest } from "./draw-picture.ts";
import { readPixels } from "./read-pixels.ts";
import { isWordPixel } from "./word.ts";

const SIZE = { width: 320, height: 240 };

/** A smooth picture with one dark bar, so that a shift can be measured. */
async function photo(): Promise<Buffer> {
  const rgb = Buffer.alloc(SIZE.width * SIZE.height * 3);
  for (let index = 0; index < SIZE.width * SIZE.height; index += 1) {
    const x = index % SIZE.width;
    const y = Math.floor(index / SIZE.width);
    const isBar = (x > 40 && x < 60) || (y > 200 && y < 215);
    rgb.fill(isBar ? 30 : 150 + Math.floor(x / 10), index * 3, index * 3 + 3);
  }
  return sharp(rgb, { raw: { ...SIZE, channels: 3 } })
    .png()
    .toBuffer();
}

/** White = change: the given box. */
async function boxMask(box: { left: number; top: number; width: number; height: number }) {
  const white = await sharp({
    create: { width: box.width, height: box.height, channels: 3, background: "white" },
  })
    .png()
    .toBuffer();
  return sharp({ create: { ...SIZE, channels: 3, background: "black" } })
    .composite([{ input: white, left: box.left, top: box.top }])
    .png()
    .toBuffer();
}

async function request(over: Partial<PictureRequest> = {}): Promise<PictureRequest> {
  const bytes = await boxMask({ left: 100, top: 60, width: 120, height: 80 });
  return {
    image: await photo(),
    extras: [],
    latentSize: null,
    totalPixels: null,
    denoise: 1,
    mask: { file: "m.png", nodeId: "9", channel: "red", growPx: 0, blurPx: 0, bytes },
    prompt: "make the cup blue",
    seed: 7,
    simulatorSeed: 1,
    ...over,
  };
}

async function pixels(png: Uint8Array) {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => [
    ...data.subarray((y * info.width + x) * 3).subarray(0, 3),
  ];
  return { data, info, at };
}

function distance(a: number[], b: number[]): number {
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));
}

describe("the drawn picture", () => {
  test("has the size of its input and three channels", async () => {
    const { info } = await pixels(await drawPicture(await request()));
    expect(info).toMatchObject({ ...SIZE, channels: 3 });
  });

  test("is the same for the same request, and another for another seed or prompt", async () => {
    const first = Buffer.from(await drawPicture(await request()));
    expect(first.equals(await drawPicture(await request()))).toBe(true);
    expect(first.equals(await drawPicture(await request({ seed: 8 })))).toBe(false);
    expect(first.equals(await drawPicture(await request({ simulatorSeed: 2 })))).toBe(false);
    expect(first.equals(await drawPicture(await request({ prompt: "make it red" })))).toBe(false);
  });

  test("differs a little from the photo nearly everywhere outside the mask, for any seed", async () => {
    const original = await pixels(await photo());
    for (const seed of [1, 2, 3, 9_007_199_254_740_991]) {
      const drawn = await pixels(await drawPicture(await request({ seed })));
      let changed = 0;
      let compared = 0;
      for (let y = 10; y < 50; y += 1) {
        for (let x = 70; x < 310; x += 1) {
          const difference = distance(original.at(x, y), drawn.at(x, y));
          expect(difference).toBeLessThan(16);
          compared += 1;
          if (difference > 0) changed += 1;
        }
      }
      expect(changed / compared).toBeGreaterThan(0.8);
    }
  });

  test("is moved by exactly 2 px", async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const drawn = await pixels(await drawPicture(await request({ seed })));
      const isDark = (x: number, y: number): boolean => (drawn.at(x, y)[0] ?? 0) < 90;
      let barX = 30;
      while (!isDark(barX, 20)) barX += 1;
      let barY = 190;
      while (!isDark(300, barY)) barY += 1;
      expect(Math.hypot(barX - 41, barY - 201)).toBe(2);
    }
  });

  test("differs strongly inside the mask, and shows another colour for another prompt", async () => {
    const original = await pixels(await photo());
    const blue = await pixels(await drawPicture(await request()));
    const red = await pixels(await drawPicture(await request({ prompt: "make it red" })));
    let strong = 0;
    let apart = 0;
    let compared = 0;
    for (let y = 62; y < 138; y += 1) {
      for (let x = 102; x < 218; x += 1) {
        compared += 1;
        if (distance(original.at(x, y), blue.at(x, y)) > 30) strong += 1;
        if (distance(red.at(x, y), blue.at(x, y)) > 30) apart += 1;
      }
    }
    expect(strong / compared).toBeGreaterThan(0.9);
    expect(apart / compared).toBeGreaterThan(0.6);
  });

  test("carries the word SIMULATED inside the mask and nowhere else", async () => {
    const { at } = await pixels(await drawPicture(await request()));
    let ink = 0;
    for (let y = 0; y < SIZE.height; y += 1) {
      for (let x = 0; x < SIZE.width; x += 1) {
        const value = at(x, y).join();
        const isInside = x >= 100 && x < 220 && y >= 60 && y < 140;
        const isInk = value === "0,0,0" || value === "255,255,255";
        if (isInside) expect(isInk).toBe(isWordPixel(x, y, 2));
        else expect(isInk).toBe(false);
        if (isInk) ink += 1;
      }
    }
    expect(ink).toBeGreaterThan(500);
  });

  test("is redrawn as a whole without a mask", async () => {
    const original = await pixels(await photo());
    const drawn = await pixels(await drawPicture(await request({ mask: null })));
    expect(distance(original.at(300, 20), drawn.at(300, 20))).toBeGreaterThan(30);
  });

  test("grows the mask as far as the graph says", async () => {
    const bytes = await boxMask({ left: 100, top: 60, width: 120, height: 80 });
    const mask = {
      file: "m.png",
      nodeId: "9",
      channel: "red",
      growPx: 12,
      blurPx: 0,
      bytes,
    } as const;
    const original = await pixels(await photo());
    const drawn = await pixels(await drawPicture(await request({ mask })));
    const change = (x: number): number => distance(original.at(x, 100), drawn.at(x, 100));
    expect(change(89)).toBeGreaterThan(30);
    expect(change(230)).toBeGreaterThan(30);
    expect(change(86)).toBeLessThan(16);
    expect(change(233)).toBeLessThan(16);
  });

  test("has the size of an empty latent when the graph starts from one", async () => {
    const { info } = await pixels(
      await drawPicture(await request({ latentSize: { width: 256, height: 512 } })),
    );
    expect(info).toMatchObject({ width: 256, height: 512 });
  });

  test("loses what is no multiple of 8 at its edges, as the encoder crops it", async () => {
    const image = await sharp(await photo())
      .extract({ left: 0, top: 0, width: 317, height: 235 })
      .png()
      .toBuffer();
    const drawn = await pixels(await drawPicture(await request({ image, mask: null })));
    expect(drawn.info).toMatchObject({ width: 312, height: 232 });
    const { rgb } = await readPixels(image, { latentSize: null, totalPixels: null });
    const original = await pixels(await photo());
    // Cropped, not scaled: two columns and one row are gone on the left and at the top.
    expect([...rgb.subarray((100 * 312 + 250) * 3).subarray(0, 3)]).toEqual(original.at(252, 101));
    expect([...rgb.subarray((100 * 312 + 38) * 3).subarray(0, 3)]).toEqual(original.at(40, 101));
    expect([...rgb.subarray((100 * 312 + 39) * 3).subarray(0, 3)]).toEqual(original.at(41, 101));
  });

  test("stands upright when the photo says so in its metadata", async () => {
    const image = await sharp(await photo())
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { info } = await pixels(await drawPicture(await request({ image, mask: null })));
    expect(info).toMatchObject({ width: SIZE.height, height: SIZE.width });
  });

  test("cannot be made of bytes that are no picture", async () => {
    await expect(drawPicture(await request({ image: Buffer.from("no picture") }))).rejects.toThrow(
      "unsupported image format",
    );
  });
});

test("the word is the same dots on every line, half a word further on every other", () => {
  const row = (y: number, x0: number): string =>
    Array.from({ length: 60 }, (_, x) => (isWordPixel(x + x0, y, 1) ? "#" : ".")).join("");
  expect(row(0, 0).slice(0, 11)).toBe(".####.#####");
  expect(row(12, 30)).toBe(row(0, 0));
  expect(row(8, 0)).toBe(".".repeat(60));
});
