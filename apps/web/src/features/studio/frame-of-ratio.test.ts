import fc from "fast-check";
import { expect, test } from "vitest";
import { planCanvas } from "@ob/workflow/canvas";
import { deliveredSize, frameOfRatio, ratioValue } from "./frame-of-ratio.ts";

const SOFTNESS = { growCanvasPx: 8, featherCanvasPx: 12 };
const RATIOS = ["1:1", "4:5", "3:4", "4:3", "16:9", "9:16"];

test("the photo lies whole in the middle of its frame", () => {
  const frame = frameOfRatio({ width: 600, height: 400 }, "1:1");
  expect(frame).toEqual({ x: 0, y: -100, width: 600, height: 600 });
  expect(frameOfRatio({ width: 400, height: 600 }, "16:9")).toMatchObject({ width: 1067, y: 0 });
});

test("the photo's own ratio adds nothing", () => {
  const photo = { width: 601, height: 397 };
  expect(frameOfRatio(photo, null)).toEqual({ x: 0, y: 0, ...photo });
  expect(frameOfRatio(photo, "original")).toEqual({ x: 0, y: 0, ...photo });
  expect(ratioValue("original")).toBeNull();
});

test("a ratio this page does not know shows as the photo's own", () => {
  const photo = { width: 601, height: 397 };
  expect(frameOfRatio(photo, "2.39:1")).toEqual({ x: 0, y: 0, ...photo });
  expect(deliveredSize(photo, "2.39:1")).toEqual({ ...photo, isReduced: false });
});

test("a frame beyond 40 megapixels is delivered smaller, and says so", () => {
  const photo = { width: 8_000, height: 4_000 };
  expect(frameOfRatio(photo, "1:1")).toMatchObject({ width: 8_000, height: 8_000 });
  expect(deliveredSize(photo, "1:1")).toEqual({ width: 6_324, height: 6_324, isReduced: true });
});

test("a photo that lacks but one pixel of a ratio has it", () => {
  expect(frameOfRatio({ width: 65, height: 64 }, "1:1")).toMatchObject({ width: 65, height: 64 });
  expect(frameOfRatio({ width: 66, height: 64 }, "1:1")).toMatchObject({ width: 66, height: 66 });
});

test("the size that is promised is the size that is planned, for any photo and ratio", () => {
  const side = fc.integer({ min: 64, max: 6_300 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(...RATIOS), (width, height, ratio) => {
      fc.pre(width / height <= 8 && height / width <= 8 && width * height <= 40_000_000);
      const picture = { width, height };
      const { output } = planCanvas({
        picture,
        maskBounds: null,
        ratio,
        editsPicture: true,
        softness: SOFTNESS,
      });
      const { isReduced: _, ...size } = deliveredSize(picture, ratio);
      expect(size).toEqual(output);
    }),
    { numRuns: 2_000 },
  );
});
