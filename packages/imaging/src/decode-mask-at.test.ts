import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { paintMask } from "../test/fixtures.ts";
import { decodeMaskAt } from "./decode-mask-at.ts";
import { openPixelPool } from "./open-pixel-pool.ts";

const pool = openPixelPool(1);
afterAll(() => pool.close());

const SIZE = { width: 64, height: 64 };

test("every one of the 256 levels is read back as stored", async () => {
  const bytes = await paintMask(SIZE, (x, y) => (y * 64 + x) % 256);
  const { data } = await decodeMaskAt(bytes, SIZE, pool);
  expect([...data.subarray(0, 256)]).toEqual([...Array(256).keys()]);
});

test("a mask stored as RGB has the levels of its grey twin", async () => {
  const grey = await paintMask(SIZE, (x) => x * 4);
  const rgb = await sharp(grey).toColourspace("srgb").png({ palette: false }).toBuffer();
  expect((await sharp(rgb).metadata()).channels).toBe(3);
  const [one, three] = await Promise.all([grey, rgb].map((b) => decodeMaskAt(b, SIZE, pool)));
  expect(three?.data).toEqual(one?.data);
});

test("damaged bytes are unreadable", async () => {
  await expect(decodeMaskAt(new Uint8Array(9), SIZE, pool)).rejects.toMatchObject({
    code: "IMAGE_UNREADABLE",
  });
});
