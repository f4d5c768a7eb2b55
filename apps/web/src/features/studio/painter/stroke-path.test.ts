import { expect, test } from "vitest";
import { drawPiece, drawTail, StrokePoints, type StrokeTarget } from "./stroke-path.ts";

function recorder(): { target: StrokeTarget; calls: (string | number)[][] } {
  const calls: (string | number)[][] = [];
  const note =
    (name: string) =>
    (...values: number[]) =>
      void calls.push([name, ...values]);
  const target = {
    beginPath: () => undefined,
    moveTo: note("moveTo"),
    lineTo: note("lineTo"),
    quadraticCurveTo: note("curveTo"),
    arc: note("arc"),
    fill: note("fill"),
    stroke: note("stroke"),
  };
  return { target, calls };
}

test("points closer than a tenth of the brush are dropped, the rest are whole pixels", () => {
  const points = new StrokePoints(100);
  for (const x of [0, 4, 9.6, 12, 25.4]) points.add({ x, y: 0.4 });
  expect(points.flat).toEqual([0, 0, 10, 0, 25, 0]);
});

test("a fine brush still keeps every whole pixel", () => {
  const points = new StrokePoints(2);
  for (const x of [0, 0.4, 1, 2]) points.add({ x, y: 0 });
  expect(points.count).toBe(3);
});

test("the pieces of a stroke join at midpoints and the tail reaches its end", () => {
  const { target, calls } = recorder();
  const points = [0, 0, 10, 0, 20, 10];
  drawPiece(target, points, 1);
  drawPiece(target, points, 2);
  drawTail(target, { points, widthPx: 4 });
  expect(calls).toEqual([
    ["moveTo", 0, 0],
    ["curveTo", 0, 0, 5, 0],
    ["stroke"],
    ["moveTo", 5, 0],
    ["curveTo", 10, 0, 15, 5],
    ["stroke"],
    ["moveTo", 15, 5],
    ["lineTo", 20, 10],
    ["stroke"],
  ]);
});

test("a tap draws a dot as wide as the brush", () => {
  const { target, calls } = recorder();
  drawTail(target, { points: [7, 8], widthPx: 30 });
  expect(calls[0]).toEqual(["arc", 7, 8, 15, 0, Math.PI * 2]);
});
