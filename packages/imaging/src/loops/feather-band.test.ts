import fc from "fast-check";
import { expect, test } from "vitest";
import { sharedBytes } from "../pixels.ts";
import { featherBand } from "./feather-band.ts";
import { featherInward } from "./feather-inward.ts";

const side = fc.integer({ min: 1, max: 20 });
// Mostly kept, so that bands have empty rows and columns to leave out.
const levels = fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 255, 77), {
  minLength: 400,
  maxLength: 400,
});

test("leaving out unpainted columns and bands changes no weight", () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.nat({ max: 8 }),
      fc.nat(),
      levels,
      (width, height, featherPx, n, from) => {
        const data = sharedBytes(width * height);
        data.set(from.slice(0, data.length));
        const mask = { data, width, height, channels: 1 as const };
        const weights = sharedBytes(data.length);
        const cut = n % height;
        featherBand({ mask, weights, featherPx, fromRow: 0, toRow: cut });
        featherBand({ mask, weights, featherPx, fromRow: cut, toRow: height });
        const whole = featherInward({
          levels: data,
          width,
          height,
          featherPx,
          fromRow: 0,
          toRow: height,
        });
        expect([...weights]).toEqual([...whole]);
      },
    ),
  );
});
