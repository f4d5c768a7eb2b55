import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { ENCODER_SIZES } from "./encoder-sizes.ts";
import recorded from "./recorded-sizes.json" with { type: "json" };
import { RESOLUTION_STEPS, scaleToTotalPixels, totalPixelsSizes } from "./total-pixels.ts";

test("ImageScaleToTotalPixels makes of a picture what ComfyUI 0.14.1 was seen to make", () => {
  expect(recorded.scaleToTotalPixels.length).toBeGreaterThan(50);
  for (const { picture, megapixels, resolutionSteps, made } of recorded.scaleToTotalPixels) {
    const [width = 0, height = 0] = picture;
    const size = scaleToTotalPixels({ width, height }, { megapixels, resolutionSteps });
    expect([size.width, size.height], `${width}x${height}/${resolutionSteps}`).toEqual(made);
  }
});

test("the encoder's reference latent is the same rounding with steps of 8", () => {
  for (const { picture, reference } of recorded.encoderReference) {
    const [width = 0, height = 0] = picture;
    const size = scaleToTotalPixels({ width, height }, { megapixels: 1, resolutionSteps: 8 });
    expect([size.width, size.height]).toEqual(reference);
  }
});

test("every size the encoder keeps is kept by ImageScaleToTotalPixels at 1 megapixel", () => {
  expect(totalPixelsSizes(1)).toEqual(ENCODER_SIZES);
  for (const size of ENCODER_SIZES) {
    for (const resolutionSteps of [8, RESOLUTION_STEPS]) {
      expect(scaleToTotalPixels(size, { megapixels: 1, resolutionSteps })).toEqual(size);
    }
  }
});

test("half a step is rounded to the even number, as Python does", () => {
  const steps = { megapixels: 1, resolutionSteps: 1024 };
  expect(scaleToTotalPixels({ width: 2048, height: 512 }, steps)).toEqual({
    width: 2048,
    height: 0,
  });
  expect(scaleToTotalPixels({ width: 1536, height: 1536 }, { ...steps, megapixels: 2.25 })).toEqual(
    { width: 2048, height: 2048 },
  );
});

test("the offered sizes are all that are kept, up to 3:1, about as many pixels as asked", () => {
  for (const megapixels of [0.5, 0.75, 1.25, 1.5, 1.75, 2]) {
    const all: { width: number; height: number }[] = [];
    const most = 2600;
    for (let width = 16; width <= most; width += 16) {
      for (let height = 16; height <= most; height += 16) {
        if (width > 3 * height || height > 3 * width) continue;
        const made = scaleToTotalPixels({ width, height }, { megapixels, resolutionSteps: 16 });
        if (made.width === width && made.height === height) all.push({ width, height });
      }
    }
    const key = ({ width, height }: { width: number; height: number }) => `${width}x${height}`;
    const offered = totalPixelsSizes(megapixels);
    expect(offered.map(key).toSorted()).toEqual(all.map(key).toSorted());
    for (const { width, height } of offered) {
      expect(Math.abs((width * height) / (megapixels * 1024 * 1024) - 1)).toBeLessThan(0.025);
    }
  }
});

test("any number of megapixels ComfyUI takes from 0.05 on has sizes, transposes included", () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 1600 }), (hundredths) => {
      const sizes = totalPixelsSizes(hundredths / 100);
      for (const { width, height } of sizes) {
        expect(sizes).toContainEqual({ width: height, height: width });
      }
    }),
    { numRuns: 30 * inject("rounds") },
  );
});
