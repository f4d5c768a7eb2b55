import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { decodePixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import { openPixelPool } from "./open-pixel-pool.ts";
import { sharedBytes, type Pixels } from "./pixels.ts";
import { photo, rawSamples } from "../test/fixtures.ts";
import { mulberry32 } from "../test/draw-like-the-model.ts";

const pool = openPixelPool(2);
afterAll(() => pool.close());

function picture(width: number, height: number, channels: Pixels["channels"], seed = 1): Pixels {
  const random = mulberry32(seed);
  const data = sharedBytes(width * height * channels);
  for (let i = 0; i < data.length; i += 1) data[i] = (i >> 3) + random() * 9;
  return { data, width, height, channels };
}

test("libpng reads back every sample, whatever size and channels", async () => {
  const size = fc.integer({ min: 1, max: 70 });
  const channels = fc.constantFrom<Pixels["channels"]>(1, 3, 4);
  await fc.assert(
    fc.asyncProperty(size, size, channels, fc.nat(), async (width, height, count, seed) => {
      const pixels = picture(width, height, count, seed);
      const read = await rawSamples(await encodePng(pixels, pool));
      expect([read.width, read.height]).toEqual([width, height]);
      const step = read.channels / count;
      for (let i = 0; i < pixels.data.length; i += 1) {
        if (read.data[i * step] !== pixels.data[i]) throw new Error(`sample ${i} differs`);
      }
    }),
    { numRuns: 60 },
  );
});

test("a picture of many bands is one valid stream, smaller than the same photo unfiltered", async () => {
  const pixels = await decodePixels(await photo("coffee-12mp-rotated.jpg"));
  const png = await encodePng(pixels, pool);
  const chunks = chunkTypes(png);
  expect(chunks.filter((type) => type === "IDAT").length).toBeGreaterThan(4);
  expect([...new Set(chunks)]).toEqual(["IHDR", "IDAT", "IEND"]);
  const read = await rawSamples(png);
  expect(Buffer.compare(read.data, pixels.data)).toBe(0);
  expect(png.byteLength).toBeLessThan(0.5 * pixels.data.byteLength);
});

test("a flipped bit is noticed by the checksums we wrote", async () => {
  const png = await encodePng(picture(64, 64, 3), pool);
  const at = png.byteLength >> 1;
  png[at] = (png[at] ?? 0) ^ 1;
  await expect(decodePixels(png)).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
});

function chunkTypes(png: Uint8Array): string[] {
  const view = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const types: string[] = [];
  for (let at = 8; at < view.length; at += 12 + view.readUInt32BE(at)) {
    types.push(view.toString("latin1", at + 4, at + 8));
  }
  return types;
}
