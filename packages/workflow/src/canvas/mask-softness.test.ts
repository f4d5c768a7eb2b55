import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import { plan, softness } from "../../test/canvas-requests.ts";
import { GPU_SERVICES } from "../services/gpu-services.ts";

const runs = { numRuns: 3000 * inject("rounds") };

describe("growth and feather", () => {
  const side = fc.integer({ min: 1, max: 2000 });
  const size = { width: 4000, height: 3000 };

  test("leave at least three quarters of a painted area's width at full strength", () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const { mask } = plan({ picture: size, maskBounds: { x: 9, y: 9, width, height } });
        expect(mask?.featherPx ?? Infinity).toBeLessThanOrEqual(Math.min(width, height) / 8);
        expect(mask?.growPx ?? 0).toBeGreaterThanOrEqual(softness.growCanvasPx);
      }),
      runs,
    );
  });

  test("give the model two of its patches of 16 px to draw in, however narrow the paint", () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const made = plan({ picture: size, maskBounds: { x: 9, y: 9, width, height } });
        const scale = Math.min(
          made.scaled.width / made.crop.width,
          made.scaled.height / made.crop.height,
        );
        const drawn = Math.min(width, height) * scale + 2 * (made.mask?.growPx ?? 0);
        expect(drawn).toBeGreaterThanOrEqual(Math.min(48, Math.min(width, height) * scale + 24));
        if (Math.min(width, height) * scale >= 24) expect(made.mask?.growPx).toBe(12);
        else expect(drawn).toBeGreaterThanOrEqual(48);
      }),
      runs,
    );
  });

  test("keep every painted pixel at full value through the blur of the released graphs", () => {
    // GrowMask with tapered corners spreads by one pixel up, down, left and right, `expand` times;
    // ImageBlur weighs the square of its radius around a pixel.
    const grown = (expand: number) => (x: number, y: number) => Math.abs(x) + Math.abs(y) <= expand;
    const drawn = [-3, -2, -1, 0, 1, 2, 3].map((y) =>
      [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((x) => (grown(2)(x, y) ? "#" : ".")).join(""),
    );
    // As ComfyUI 0.14.1 grew one pixel by 2.
    expect(drawn.map((row) => row.replaceAll(".", " ").trim())).toEqual([
      "",
      "#",
      "###",
      "#####",
      "###",
      "#",
      "",
    ]);
    const masked = GPU_SERVICES.flatMap(({ contract }) => contract.variants).filter(
      ({ hasMask }) => hasMask,
    );
    expect(masked.length).toBeGreaterThan(0);
    for (const { name, graph, bindings } of masked) {
      const nodes = Object.values(graph);
      const expand = Number(graph[bindings.maskGrowPx?.nodeId ?? ""]?.inputs["expand"]);
      const blur = nodes.find(({ class_type: type }) => type === "ImageBlur");
      const radius = Number(blur?.inputs["blur_radius"]);
      const corners = [-radius, radius].flatMap((y) => [-radius, radius].map((x) => [x, y]));
      const isWhole = corners.every(([x = 0, y = 0]) => grown(expand)(x, y));
      expect([name, radius > 0, isWhole]).toEqual([name, true, true]);
    }
  });

  test("are wider for a larger area, up to twice the service's feather", () => {
    const feather = (width: number): number =>
      plan({
        picture: { width: 1024, height: 1024 },
        maskBounds: { x: 0, y: 0, width, height: width },
      }).mask?.featherPx ?? -1;
    expect([7, 16, 40, 100, 256, 384, 900].map(feather)).toEqual([0, 2, 5, 6, 8, 12, 12]);
  });
});
