import { afterAll, expect, test } from "vitest";
import { photo } from "../test/fixtures.ts";
import {
  plantDrawing,
  playCase,
  SCENARIOS,
  seeThrough,
  type Scenario,
  type Seen,
} from "../test/planted-case.ts";
import { createImaging } from "./index.ts";
import { openPixelPool } from "./open-pixel-pool.ts";

const imaging = createImaging();
const pool = openPixelPool(2);
afterAll(async () => {
  await imaging.close();
  await pool.close();
});

const PHOTOS = ["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"] as const;

/** Canvas px of every case so far; not found counts as infinitely wrong. */
const errors: number[] = [];

/** Each case with a photo and a noise of its own. */
async function seeCase(scenario: Scenario, repaint: "stripes" | "nothing"): Promise<Seen> {
  const index = SCENARIOS.indexOf(scenario) * 2 + (repaint === "stripes" ? 0 : 1);
  const name = PHOTOS[(SCENARIOS.indexOf(scenario) + index) % PHOTOS.length] ?? PHOTOS[0];
  const contentType = name.endsWith("png") ? "image/png" : "image/jpeg";
  const picture = await imaging.decodeUpload(await photo(name), { kind: "image", contentType });
  const drawing = plantDrawing({ seed: 100 + index, noise: [4, 8, 16][index % 3] ?? 4, repaint });
  const size = { width: picture.width, height: picture.height };
  const planted = { original: picture.png, size, scenario, drawing };
  return seeThrough(await playCase(planted, imaging, pool), drawing, pool);
}

test.for(SCENARIOS)(
  "$name: what is left after correction is what the result says is left, to a quarter of a pixel",
  async (scenario) => {
    for (const repaint of ["stripes", "nothing"] as const) {
      const { errorPx, registration } = await seeCase(scenario, repaint);
      errors.push(errorPx ?? Number.POSITIVE_INFINITY);
      if (errorPx === null) expect(registration).toMatchObject({ alignment: null, residual: null });
      else expect(Math.abs((registration.residual ?? Number.NaN) - errorPx)).toBeLessThan(0.25);
    }
  },
);

test("planted shifts, zooms and casts are undone to under half a pixel in at least 95 % of these cases", () => {
  expect(errors).toHaveLength(18);
  const good = errors.filter((error) => error < 0.5);
  expect(good.length / errors.length).toBeGreaterThanOrEqual(0.95);
});
