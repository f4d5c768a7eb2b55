import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { photo } from "../../test/fixtures.ts";
import { decodePixels } from "../decode-pixels.ts";
import { sharedBytes, type Pixels } from "../pixels.ts";
import { featherInward } from "./feather-inward.ts";
import { measureSeam } from "./measure-seam.ts";

const SIZE = { width: 512, height: 352 };
const PHOTOS = ["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"] as const;

const disc = maskWhere((x, y) => Math.hypot(x - 250, y - 175) < 100);

function maskWhere(isPainted: (x: number, y: number) => boolean): Pixels {
  const data = sharedBytes(SIZE.width * SIZE.height);
  for (let i = 0; i < data.length; i += 1) {
    if (isPainted(i % SIZE.width, Math.floor(i / SIZE.width))) data[i] = 255;
  }
  return { data, ...SIZE, channels: 1 };
}

/** The picture with `levels` added to every sample inside the mask, faded in over `featherPx`. */
function withCast(
  before: Pixels,
  mask: Pixels,
  { levels, featherPx }: { levels: number; featherPx: number },
): Pixels {
  const rows = { fromRow: 0, toRow: SIZE.height };
  const weights = featherInward({ levels: mask.data, ...SIZE, ...rows, featherPx });
  const data = sharedBytes(before.data.length);
  for (let i = 0; i < data.length; i += 1) {
    const weight = (weights[Math.floor(i / 3)] ?? 0) / 255;
    data[i] = Math.min(255, (before.data[i] ?? 0) + Math.round(levels * weight));
  }
  return { ...before, data };
}

describe.for(PHOTOS)("%s", (name) => {
  let before: Pixels;
  beforeAll(async () => {
    const file = await sharp(await photo(name))
      .resize(SIZE.width, SIZE.height, { fit: "cover" })
      .png()
      .toBuffer();
    before = await decodePixels(file);
  });
  const seam = (levels: number, featherPx: number) =>
    measureSeam({ before, after: withCast(before, disc, { levels, featherPx }), mask: disc }) ??
    Number.NaN;

  test("a picture nobody touched has no seam", () => {
    expect(seam(0, 0)).toBe(0);
  });

  test("a hard paste under a cast of 16 levels is plainly seen, a blend of the same cast hardly", () => {
    expect(seam(16, 0)).toBeGreaterThan(6);
    expect(seam(16, 0)).toBeLessThanOrEqual(16);
    expect(seam(16, 16)).toBeLessThan(seam(16, 0) / 6);
  });

  test("the stronger the cast and the narrower the feather, the larger the seam", () => {
    const byCast = [2, 4, 8, 16, 32].map((levels) => seam(levels, 0));
    expect(byCast).toEqual(byCast.toSorted((a, b) => a - b));
    const byFeather = [24, 12, 6, 0].map((featherPx) => seam(24, featherPx));
    expect(byFeather).toEqual(byFeather.toSorted((a, b) => a - b));
  });

  test("a cast that leaves brightness alone is seen as well", () => {
    const after = withCast(before, disc, { levels: 0, featherPx: 0 });
    for (let i = 0; i < disc.data.length; i += 1) {
      if (disc.data[i] === 0) continue;
      after.data[i * 3] = Math.min(255, (after.data[i * 3] ?? 0) + 20);
      after.data[i * 3 + 1] = Math.max(0, (after.data[i * 3 + 1] ?? 0) - 10);
    }
    expect(measureSeam({ before, after, mask: disc })).toBeGreaterThan(4);
  });
});

test("new texture inside, of the same tone up to the border, is no seam", () => {
  const flat = (value: number): Pixels => ({
    data: sharedBytes(SIZE.width * SIZE.height * 3).fill(value),
    ...SIZE,
    channels: 3,
  });
  const before = flat(120);
  const after = flat(120);
  for (let i = 0; i < disc.data.length; i += 1) {
    if (disc.data[i] !== 0) after.data.fill(120 + (((i * 7919) % 31) - 15), i * 3, i * 3 + 3);
  }
  expect(measureSeam({ before, after, mask: disc })).toBeLessThan(1);
});

test("an edge that the original has along the border is natural, and taking it away leaves no seam", () => {
  const flat = sharedBytes(SIZE.width * SIZE.height * 3).fill(90);
  const plain: Pixels = { data: flat, ...SIZE, channels: 3 };
  const object = withCast(plain, disc, { levels: 80, featherPx: 0 });
  expect(measureSeam({ before: object, after: object, mask: disc })).toBe(0);
  expect(measureSeam({ before: object, after: plain, mask: disc })).toBe(0);
  expect(measureSeam({ before: plain, after: object, mask: disc })).toBeGreaterThan(60);
});

test.for([
  { what: "everything is painted", mask: maskWhere(() => true) },
  { what: "nothing is painted", mask: maskWhere(() => false) },
  { what: "the border has no room to the frame", mask: maskWhere((x) => x > 3) },
])("where $what there is no border to measure", ({ mask }) => {
  const plain: Pixels = { data: sharedBytes(SIZE.width * SIZE.height * 3), ...SIZE, channels: 3 };
  expect(measureSeam({ before: plain, after: plain, mask })).toBeNull();
});
