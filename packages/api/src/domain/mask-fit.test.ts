import fc from "fast-check";
import { expect, test } from "vitest";
import { maskBoundsInPicture, maskFits } from "./mask-fit.ts";

const size = fc.record({
  width: fc.integer({ min: 1, max: 8_000 }),
  height: fc.integer({ min: 1, max: 8_000 }),
});

test.each([
  [{ width: 1_000, height: 1_000 }, { width: 4_000, height: 4_000 }, true],
  [{ width: 1_010, height: 1_000 }, { width: 4_000, height: 4_000 }, true],
  [{ width: 1_011, height: 1_000 }, { width: 4_000, height: 4_000 }, false],
  [{ width: 990, height: 1_000 }, { width: 4_000, height: 4_000 }, true],
  [{ width: 989, height: 1_000 }, { width: 4_000, height: 4_000 }, false],
  [{ width: 3_000, height: 4_000 }, { width: 4_000, height: 3_000 }, false],
])("a mask of %o on a picture of %o fits: %s", (mask, picture, fits) => {
  expect(maskFits(mask, picture)).toBe(fits);
});

test("bounds in the picture cover what is painted and stay inside the picture", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(size, size, fc.tuple(share, share, share, share), (mask, picture, at) => {
      const x = Math.floor(at[0] * (mask.width - 1));
      const y = Math.floor(at[1] * (mask.height - 1));
      const width = 1 + Math.floor(at[2] * (mask.width - x - 1));
      const height = 1 + Math.floor(at[3] * (mask.height - y - 1));
      const found = maskBoundsInPicture({ x, y, width, height }, { mask, picture });
      const [scaleX, scaleY] = [picture.width / mask.width, picture.height / mask.height];
      expect(found.x).toBeGreaterThanOrEqual(0);
      expect(found.y).toBeGreaterThanOrEqual(0);
      expect(found.x).toBeLessThanOrEqual(x * scaleX);
      expect(found.y).toBeLessThanOrEqual(y * scaleY);
      expect(found.x + found.width).toBeGreaterThanOrEqual((x + width) * scaleX - 1e-6);
      expect(found.y + found.height).toBeGreaterThanOrEqual((y + height) * scaleY - 1e-6);
      expect(found.x + found.width).toBeLessThanOrEqual(picture.width);
      expect(found.y + found.height).toBeLessThanOrEqual(picture.height);
    }),
  );
});

test("a mask of the picture's own size keeps its bounds", () => {
  const own = { width: 40, height: 30 };
  const bounds = { x: 3, y: 4, width: 5, height: 6 };
  expect(maskBoundsInPicture(bounds, { mask: own, picture: own })).toEqual(bounds);
});
