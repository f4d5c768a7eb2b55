import { afterAll, expect, test } from "vitest";
import { photo } from "../test/fixtures.ts";
import { plantDrawing, playCase, SCENARIOS, seeThrough, type Seen } from "../test/planted-case.ts";
import { createImaging } from "./index.ts";
import { openPixelPool } from "./open-pixel-pool.ts";

const imaging = createImaging();
const pool = openPixelPool(2);
afterAll(async () => {
  await imaging.close();
  await pool.close();
});

const PHOTOS = ["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"] as const;

/** Every scenario once with stripes in the mask and once without, each with a photo and a noise of its own. */
async function plantedCases() {
  const seen: (Seen & { scenario: string })[] = [];
  for (const [n, scenario] of SCENARIOS.entries()) {
    for (const repaint of ["stripes", "nothing"] as const) {
      const index = n * 2 + (repaint === "stripes" ? 0 : 1);
      const name = PHOTOS[(n + index) % PHOTOS.length] ?? PHOTOS[0];
      const upload = {
        kind: "image",
        contentType: name.endsWith("png") ? "image/png" : "image/jpeg",
      } as const;
      const picture = await imaging.decodeUpload(await photo(name), upload);
      const drawing = plantDrawing({
        seed: 100 + index,
        noise: [4, 8, 16][index % 3] ?? 4,
        repaint,
      });
      const size = { width: picture.width, height: picture.height };
      const request = await playCase(
        { original: picture.png, size, scenario, drawing },
        imaging,
        pool,
      );
      seen.push({ scenario: scenario.name, ...(await seeThrough(request, drawing, pool)) });
    }
  }
  return seen;
}

test("planted shifts, zooms, casts and noise are undone to under half a pixel in at least 95 % of cases, whatever the mask", async () => {
  const cases = await plantedCases();
  const good = cases.filter(({ errorPx }) => errorPx !== null && errorPx < 0.5);
  expect(cases).toHaveLength(16);
  expect(good.length / cases.length).toBeGreaterThanOrEqual(0.95);
  for (const { scenario, errorPx, registration } of cases) {
    if (errorPx === null) continue;
    // What the result says of itself is true: it neither hides an error nor invents one.
    expect([scenario, Math.abs((registration.residual ?? Number.NaN) - errorPx) < 0.25]).toEqual([
      scenario,
      true,
    ]);
  }
});
