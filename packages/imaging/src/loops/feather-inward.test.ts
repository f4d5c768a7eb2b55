import fc from "fast-check";
import { expect, test } from "vitest";
import { featherInward } from "./feather-inward.ts";

const picture = fc
  .record({
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 24 }),
    featherPx: fc.integer({ min: 0, max: 9 }),
    levels: fc.array(fc.constantFrom(0, 0, 1, 90, 255, 255, 255), {
      minLength: 576,
      maxLength: 576,
    }),
  })
  .map(({ levels, ...size }) => ({
    ...size,
    levels: Uint8Array.from(levels.slice(0, size.width * size.height)),
  }));

type Picture = typeof picture extends fc.Arbitrary<infer T> ? T : never;

function whole(task: Picture): Uint8Array {
  return featherInward({ ...task, fromRow: 0, toRow: task.height });
}

/** Distance to the nearest kept pixel, by looking at all of them. */
function distanceToKept(task: Picture, pixel: number): number {
  const { levels, width } = task;
  let nearest = Number.POSITIVE_INFINITY;
  for (let other = 0; other < levels.length; other += 1) {
    if (levels[other] !== 0) continue;
    const dx = (pixel % width) - (other % width);
    const dy = Math.floor(pixel / width) - Math.floor(other / width);
    nearest = Math.min(nearest, Math.hypot(dx, dy));
  }
  return nearest;
}

test("the weight is 0 exactly where the mask is 0 and never above the mask's level", () => {
  fc.assert(
    fc.property(picture, (task) => {
      const weights = whole(task);
      return weights.every((weight, i) => {
        const level = task.levels[i] ?? 0;
        return (weight === 0) === (level === 0) && weight <= level;
      });
    }),
  );
});

test("the ramp follows the distance to the nearest kept pixel and ends after featherPx", () => {
  fc.assert(
    fc.property(picture, (task) => {
      const weights = whole(task);
      return weights.every((weight, i) => {
        const level = task.levels[i] ?? 0;
        if (level === 0) return true;
        const t = Math.min(1, distanceToKept(task, i) / (task.featherPx + 1));
        const ramp = task.featherPx === 0 ? 255 : Math.round(255 * t * t * (3 - 2 * t));
        return weight === Math.max(1, Math.min(level, ramp));
      });
    }),
  );
});

test("bands made apart are the same as the whole made at once", () => {
  fc.assert(
    fc.property(picture, fc.nat(), (task, cut) => {
      const row = cut % (task.height + 1);
      const upper = featherInward({ ...task, fromRow: 0, toRow: row });
      const lower = featherInward({ ...task, fromRow: row, toRow: task.height });
      expect([...upper, ...lower]).toEqual([...whole(task)]);
    }),
  );
});

test("the picture's frame is no edge: a mask over everything is not feathered at all", () => {
  const levels = new Uint8Array(100).fill(255);
  const weights = whole({ levels, width: 10, height: 10, featherPx: 4 });
  expect(weights.every((weight) => weight === 255)).toBe(true);
});
