import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { encodeGreyPng } from "./encode-grey-png.ts";

const image = fc
  .record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      pixels: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
      strip: fc.integer({ min: 1, max: 40 }),
    }),
  );

test("another decoder reads back exactly the grey values, one channel of 8 bits", async () => {
  await fc.assert(
    fc.asyncProperty(image, async ({ width, height, pixels, strip }) => {
      const png = await encodeGreyPng({
        width,
        height,
        rowsAt: (top) => pixels.subarray(top * width, (top + strip) * width),
      });
      const bytes = Buffer.from(await png.arrayBuffer());
      const { channels, depth, format } = await sharp(bytes).metadata();
      expect({ channels, depth, format }).toEqual({ channels: 1, depth: "uchar", format: "png" });
      const raw = await sharp(bytes)
        .toColourspace("b-w")
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(raw.info).toMatchObject({ width, height, channels: 1 });
      expect(Buffer.compare(raw.data, Buffer.from(pixels))).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test("a source that gives no rows is an error, not an endless loop", async () => {
  const nothing = encodeGreyPng({ width: 4, height: 4, rowsAt: () => new Uint8Array() });
  await expect(nothing).rejects.toThrow(RangeError);
});
