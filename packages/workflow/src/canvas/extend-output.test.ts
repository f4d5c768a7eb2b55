import { describe, expect, test } from "vitest";

import { plan } from "../../test/canvas-requests.ts";
import { plannedMargins } from "./planned-margins.ts";

describe("another ratio", () => {
  const photo = { width: 4000, height: 3000 };
  const painted = { x: 300, y: 300, width: 200, height: 100 };

  test("gives the smallest picture that holds the source", () => {
    const square = plan({ picture: photo, ratio: "1:1" });
    expect(square.output).toEqual({ width: 4000, height: 4000 });
    expect(square.placed).toEqual({ x: 0, y: 500, width: 4000, height: 3000 });
    expect(square.canvas).toEqual({ width: 1024, height: 1024 });
    const wide = plan({ picture: photo, ratio: "16:9" });
    expect(wide.output).toEqual({ width: 5333, height: 3000 });
    expect(wide.placed).toEqual({ x: 666, y: 0, width: 4000, height: 3000 });
  });

  test("is taken to be met by a picture that lacks but a pixel of it", () => {
    for (const picture of [
      { width: 4000, height: 2249 },
      { width: 1366, height: 768 },
      { width: 1366, height: 769 },
    ]) {
      const made = plan({ picture, ratio: "16:9", maskBounds: { ...painted, width: 60 } });
      expect(made.output).toEqual(picture);
      expect(made.placed).toEqual({ x: 0, y: 0, ...picture });
    }
    expect(plan({ picture: { width: 4000, height: 2248 }, ratio: "16:9" }).output.height).toBe(
      2250,
    );
  });

  test("scales output and source down together beyond 40 MP", () => {
    const made = plan({ picture: { width: 7600, height: 5200 }, ratio: "9:16" });
    expect(made.output.width * made.output.height).toBeLessThanOrEqual(40_000_000);
    expect(made.placed.width).toBe(made.output.width);
    expect(made.placed.width).toBeLessThan(7600);
    expect(made.placed.width / made.placed.height).toBeCloseTo(7600 / 5200, 3);
    const small = plan({ picture: photo, ratio: "1:1", limits: { maxOutputPixels: 1_000_000 } });
    expect(small.output).toEqual({ width: 1000, height: 1000 });
    expect(small.placed).toEqual({ x: 0, y: 125, width: 1000, height: 750 });
  });

  test("leaves all to the model when the picture is edited and nothing painted", () => {
    expect(plan({ picture: photo, ratio: "1:1" }).mask).toBeNull();
  });

  test("masks the margins alone when nothing else changes", () => {
    const made = plan({ picture: photo, ratio: "1:1", editsPicture: false });
    expect(made.mask).toEqual({ growPx: 12, featherPx: 23 });
  });

  test("fades at most a quarter of a narrow margin", () => {
    const picture = { width: 1000, height: 980 };
    const made = plan({ picture, ratio: "1:1", editsPicture: false });
    expect(plannedMargins(made)).toEqual({ left: 0, top: 10, right: 0, bottom: 10 });
    expect(made.mask).toEqual({ growPx: 19, featherPx: 2 });
  });

  test("is asked for by its name alone: the original one never masks what nobody painted", () => {
    expect(plan({ picture: photo, editsPicture: false }).mask).toBeNull();
  });

  test("masks nothing at all when the picture has that ratio and nothing else changes", () => {
    const made = plan({ picture: photo, ratio: "4:3", editsPicture: false });
    expect(made.mask).toEqual({ growPx: 12, featherPx: 0 });
    expect(plannedMargins(made)).toEqual({ left: 0, top: 0, right: 0, bottom: 0 });
  });

  test("masks paint and margins when something is painted, and shows the model all of it", () => {
    for (const editsPicture of [true, false]) {
      const made = plan({ picture: photo, ratio: "1:1", maskBounds: painted, editsPicture });
      expect(made.mask).not.toBeNull();
      expect(made.crop).toEqual({ x: 0, y: 0, width: 4000, height: 4000 });
    }
    const met = plan({ picture: photo, ratio: "4:3", maskBounds: painted });
    expect(met.crop.width).toBeLessThan(4000);
  });
});
