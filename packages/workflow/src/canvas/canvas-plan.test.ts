import fc from "fast-check";
import { expect, inject, test } from "vitest";
import * as z from "zod";

import { plan, request } from "../../test/canvas-requests.ts";
import { CanvasPlan, readCanvasPlan } from "./canvas-plan.ts";
import { planCanvas } from "./plan-canvas.ts";

test("a plan is read as it was stored", () => {
  fc.assert(
    fc.property(request, (each) => {
      const made = planCanvas(each);
      const stored: unknown = JSON.parse(JSON.stringify(made));
      expect(readCanvasPlan(stored)).toEqual(made);
    }),
    { numRuns: 300 * inject("rounds") },
  );
});

test("a plan stored before outpainting has the source as its output", () => {
  const { placed, ...made } = plan({ picture: { width: 1200, height: 800 } });
  const read = readCanvasPlan({ ...made, version: 1 });
  expect(read).toEqual({ ...made, version: 2, placed });
  expect(placed).toEqual({ x: 0, y: 0, width: 1200, height: 800 });
});

test("what no plan can be is refused", () => {
  const made = plan({ picture: { width: 1200, height: 800 }, ratio: "1:1" });
  const { placed, ...withoutPlace } = made;
  const refused: unknown[] = [
    null,
    {},
    withoutPlace,
    { ...made, version: 3 },
    { ...made, version: 1 },
    { ...made, extra: 1 },
    { ...made, placed: { ...placed, y: placed.y + 201 } },
    { ...made, crop: { ...made.crop, x: 1 } },
    { ...made, scaled: { ...made.scaled, width: made.scaled.width + 1 } },
    { ...made, output: { width: 1200.5, height: 1200 } },
    { ...made, mask: { growPx: -1, featherPx: 0 } },
  ];
  for (const stored of refused) expect(() => readCanvasPlan(stored)).toThrow(z.ZodError);
  expect(CanvasPlan.safeParse(made).success).toBe(true);
});
