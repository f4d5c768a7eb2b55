import sharp from "sharp";
import { describe, expect, test } from "vitest";

import { drawPicture, type PictureRequest } from "./draw-picture.ts";
import { findInnerArea } from "./fill-margins.ts";

const SIZE = { width: 320, height: 240 };

/** Left half dark, right half bright. */
async function halves(size = SIZE): Promise<Buffer> {
  const half = await flat({ width: size.width / 2, height: size.height }, "#303438");
  return sharp({ create: { ...size, channels: 3, background: "#d0ccc8" } })
    .composite([{ input: half, left: 0, top: 0 }])
    .png()
    .toBuffer();
}

function flat(size: { width: number; height: number }, background: string): Promise<Buffer> {
  return sharp({ create: { ...size, channels: 3, background } })
    .png()
    .toBuffer();
}

/** The halves with grey margins of 64 px left and right. */
async function padded(): Promise<Buffer> {
  const margin = { left: 64, right: 64, background: "#808080" };
  const image = sharp(await halves({ width: 192, height: 240 })).extend(margin);
  return image.png().toBuffer();
}

/** White = change: the margins of {@link padded}. */
async function marginMask() {
  const margin = { left: 64, right: 64, background: "#fff" };
  const image = sharp(await flat({ width: 192, height: 240 }, "#000")).extend(margin);
  const bytes = await image.png().toBuffer();
  return { file: "m.png", nodeId: "9", channel: "red", growPx: 0, blurPx: 0, bytes } as const;
}

async function draw(over: Partial<PictureRequest>) {
  const png = await drawPicture({
    image: await halves(),
    extras: [],
    latentSize: null,
    totalPixels: null,
    mask: null,
    denoise: 1,
    prompt: "make the cup blue",
    seed: 7,
    simulatorSeed: 1,
    ...over,
  });
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  /** Mean colour of a box; the word's dots weigh the same in every drawing. */
  const mean = (left: number, top: number, side = 40): number[] =>
    [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let y = top; y < top + side; y += 1) {
        for (let x = left; x < left + side; x += 1) {
          sum += data[(y * info.width + x) * 3 + channel] ?? 0;
        }
      }
      return sum / side / side;
    });
  return { info, data, mean };
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));
}

describe("grey margins", () => {
  test("are found on the sides that have them, and nowhere in a photo without", async () => {
    const read = async (png: Buffer) => {
      const { data, info } = await sharp(png)
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { rgb: data, width: info.width, height: info.height };
    };
    expect(findInnerArea(await read(await padded()))).toEqual({
      left: 64,
      top: 0,
      width: 192,
      height: 240,
    });
    expect(findInnerArea(await read(await halves()))).toBeNull();
    expect(findInnerArea(await read(await flat(SIZE, "#808080")))).toBeNull();
    const jpeg = await sharp(await padded())
      .jpeg({ quality: 85 })
      .toBuffer();
    const inner = findInnerArea(await read(jpeg));
    expect(inner?.left).toBeGreaterThanOrEqual(56);
    expect(inner?.left).toBeLessThanOrEqual(64);
  });

  test("become a continuation of the picture, mirrored at its edge, with the word on it", async () => {
    const { mean, data } = await draw({ image: await padded(), mask: await marginMask() });
    const [left, right] = [mean(10, 100), mean(270, 100)];
    // Dark beside the dark half, bright beside the bright one: not grey, and not alike.
    expect(apart(left, right)).toBeGreaterThan(60);
    const ink = [...data.subarray(0, 64 * 3)].filter((value) => value === 0 || value === 255);
    expect(ink.length).toBeGreaterThan(0);
  });

  test("are all that changes strongly when only they are masked", async () => {
    const { mean } = await draw({ image: await padded(), mask: await marginMask() });
    expect(apart(mean(80, 100), [0x30, 0x34, 0x38])).toBeLessThan(10);
    expect(apart(mean(200, 100), [0xd0, 0xcc, 0xc8])).toBeLessThan(10);
  });

  test("are continued without a mask as well, while the picture is redrawn", async () => {
    const { mean } = await draw({ image: await padded() });
    expect(apart(mean(80, 100), [0x30, 0x34, 0x38])).toBeGreaterThan(30);
    expect(apart(mean(10, 100), mean(270, 100))).toBeGreaterThan(60);
  });
});

test("what a margin's mask covers of the picture continues the margin", async () => {
  const mask = { ...(await marginMask()), growPx: 20 };
  const { mean } = await draw({ image: await padded(), mask });
  // The strip of 20 px beside the margin is much nearer to the margin than to the redrawn negative.
  expect(apart(mean(66, 100, 16), mean(44, 100, 16))).toBeLessThan(25);
});

describe("further pictures", () => {
  const mask = async () => {
    const box = await flat({ width: 120, height: 80 }, "#fff");
    const bytes = await sharp({ create: { ...SIZE, channels: 3, background: "#000" } })
      .composite([{ input: box, left: 100, top: 60 }])
      .png()
      .toBuffer();
    return { file: "m.png", nodeId: "9", channel: "red", growPx: 0, blurPx: 0, bytes } as const;
  };
  const red = flat({ width: 90, height: 30 }, "#f00");
  const blue = flat({ width: 30, height: 90 }, "#00f");

  test("are seen in what is redrawn, side by side in their order", async () => {
    const one = await draw({ mask: await mask(), extras: [await red] });
    const two = await draw({ mask: await mask(), extras: [await red, await blue] });
    const [, , blueLeft = 0] = two.mean(110, 80);
    const [redRight = 0, , blueRight = 0] = two.mean(170, 80);
    expect(blueRight - blueLeft).toBeGreaterThan(80);
    expect((one.mean(170, 80)[0] ?? 0) - redRight).toBeGreaterThan(80);
  });

  test("leave what is not redrawn alone", async () => {
    const { mean } = await draw({ mask: await mask(), extras: [await red] });
    expect(apart(mean(20, 20), [0x30, 0x34, 0x38])).toBeLessThan(10);
  });

  test("cover only the lower third when all is redrawn, so that the photo is seen", async () => {
    const alone = await draw({});
    const { mean } = await draw({ extras: [await red] });
    expect(apart(mean(20, 60), alone.mean(20, 60))).toBe(0);
    expect(apart(mean(20, 180), alone.mean(20, 180))).toBeGreaterThan(30);
  });

  test("may meet an empty mask, or one a pixel wide", async () => {
    const empty = { ...(await mask()), bytes: await flat(SIZE, "#000") };
    const drawn = await draw({ mask: empty, extras: [await red, await blue] });
    expect(apart(drawn.mean(20, 20), [0x30, 0x34, 0x38])).toBeLessThan(10);
    const dot = await sharp(empty.bytes)
      .composite([{ input: await flat({ width: 1, height: 1 }, "#fff"), left: 5, top: 5 }])
      .png()
      .toBuffer();
    const thin = await draw({ mask: { ...empty, bytes: dot }, extras: [await red, await blue] });
    expect(thin.info).toMatchObject(SIZE);
  });

  test("that cannot be decoded end the drawing", async () => {
    await expect(draw({ extras: [Buffer.from("no picture")] })).rejects.toThrow(
      "unsupported image format",
    );
  });
});

describe("a restoration", () => {
  test("keeps as much of the photo as denoise leaves", async () => {
    const away = async (denoise: number): Promise<number> =>
      apart((await draw({ denoise })).mean(200, 100), [0xd0, 0xcc, 0xc8]);
    const [none, some, all] = [await away(0), await away(0.7), await away(1)];
    expect(none).toBeLessThan(10);
    expect(some).toBeGreaterThan(0.6 * all - 10);
    expect(some).toBeLessThan(0.8 * all + 10);
    expect(all).toBeGreaterThan(30);
  });

  test("is drawn at the size ImageScaleToTotalPixels makes", async () => {
    const totalPixels = { megapixels: 0.5, resolutionSteps: 16 };
    const { info } = await draw({ totalPixels });
    expect(info).toMatchObject({ width: 832, height: 624 });
  });
});
