import fc from "fast-check";
import { expect, test } from "vitest";
import { sharedBytes } from "../pixels.ts";
import { resizeMask } from "./resize-mask.ts";

const side = fc.integer({ min: 1, max: 20 });
const levels = fc.array(fc.constantFrom(0, 0, 40, 255), { minLength: 400, maxLength: 400 });

function maskOf(size: { width: number; height: number }, from: number[]) {
  const data = sharedBytes(size.width * size.height);
  data.set(from.slice(0, data.length));
  return { data, ...size, channels: 1 as const };
}

test("a level is 0 exactly where the nearest mask pixel is 0", () => {
  fc.assert(
    fc.property(side, side, side, side, levels, (width, height, toWidth, toHeight, from) => {
      const mask = maskOf({ width, height }, from);
      const resized = resizeMask({ mask, width: toWidth, height: toHeight });
      for (let y = 0; y < toHeight; y += 1) {
        for (let x = 0; x < toWidth; x += 1) {
          const row = Math.floor(((y + 0.5) * height) / toHeight);
          const column = Math.floor(((x + 0.5) * width) / toWidth);
          const isKept = mask.data[row * width + column] === 0;
          expect(resized.data[y * toWidth + x] === 0).toBe(isKept);
        }
      }
    }),
  );
});

test("the same size gives the same levels", () => {
  fc.assert(
    fc.property(side, side, levels, (width, height, from) => {
      const mask = maskOf({ width, height }, from);
      expect([...resizeMask({ mask, width, height }).data]).toEqual([...mask.data]);
    }),
  );
});
