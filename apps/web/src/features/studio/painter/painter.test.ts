import { expect, test } from "vitest";
import { brushWidthPx } from "./brush-size.ts";
import { maskExportSize, MAX_CANVAS_PIXELS } from "./export-mask.ts";
import { MAX_OPS } from "./mask-history.ts";
import { workingSize } from "./open-picture.ts";
import { Painter } from "./painter.ts";

const PICTURE = { width: 4_000, height: 3_000 };
const STAGE = { width: 390, height: 500, insetTop: 56, insetLeft: 0 };

test("whole image, clear and invert are single undoable steps", () => {
  const painter = new Painter({ picture: PICTURE });
  painter.run("wholeImage");
  expect(painter.getSnapshot()).toMatchObject({ selection: "whole", coverage: 1 });
  painter.run("invert");
  expect(painter.getSnapshot().selection).toBe("none");
  painter.undo();
  painter.addOp({ kind: "clear" });
  expect(painter.getSnapshot().selection).toBe("none");
  painter.undo();
  expect(painter.getSnapshot().selection).toBe("whole");
  painter.undo();
  expect(painter.getSnapshot()).toMatchObject({ selection: "none", canUndo: false });
});

test("an operation that would change nothing is not a step", () => {
  const painter = new Painter({ picture: PICTURE });
  painter.addOp({ kind: "clear" });
  painter.run("wholeImage");
  painter.run("wholeImage");
  expect(painter.getSnapshot().history.head).toBe(1);
});

test("another frame is fitted anew; a view one has zoomed into stays", () => {
  const painter = new Painter({ picture: PICTURE });
  painter.resizeStage(STAGE);
  const before = painter.getSnapshot().view;
  painter.setFrame({ x: 0, y: -500, width: 4_000, height: 4_000 });
  const { view, zoom } = painter.getSnapshot();
  expect(zoom).toBeCloseTo(1);
  expect(view.scale).toBeCloseTo(Math.min(358 / 4_000, 412 / 4_000));
  expect(view.y).toBeGreaterThan(0);
  painter.run("zoomIn");
  const zoomed = painter.getSnapshot().view;
  painter.setFrame({ x: 0, y: 0, ...PICTURE });
  expect(painter.getSnapshot().view).toEqual(zoomed);
  painter.fit();
  expect(painter.getSnapshot().view).toEqual(before);
});

test("a fitted picture stays fitted when the stage changes, a zoomed one stays zoomed", () => {
  const painter = new Painter({ picture: PICTURE });
  painter.resizeStage(STAGE);
  painter.resizeStage({ ...STAGE, width: 900 });
  expect(painter.getSnapshot().zoom).toBeCloseTo(1);
  painter.run("zoomIn");
  const { scale } = painter.getSnapshot().view;
  painter.resizeStage({ ...STAGE, width: 901 });
  expect(painter.getSnapshot().view.scale).toBe(scale);
});

test("listeners hear every change until they leave", () => {
  const painter = new Painter({ picture: PICTURE });
  let heard = 0;
  const leave = painter.subscribe(() => (heard += 1));
  painter.chooseTool("eraser");
  leave();
  painter.chooseTool("brush");
  expect(heard).toBe(1);
});

test("the brush runs from half a percent to forty percent of the long edge", () => {
  expect(brushWidthPx(0, 4_000)).toBe(20);
  expect(brushWidthPx(100, 4_000)).toBe(1_600);
  expect(brushWidthPx(-5, 4_000)).toBe(20);
  expect(brushWidthPx(0, 64)).toBe(1);
});

test("a mask is exported at the photo's size while a canvas can hold it, else in its shape", () => {
  expect(maskExportSize(PICTURE)).toEqual(PICTURE);
  const capped = maskExportSize({ width: 8_000, height: 5_000 });
  expect(capped.width * capped.height).toBeLessThanOrEqual(MAX_CANVAS_PIXELS);
  expect(capped.width / capped.height).toBeCloseTo(1.6, 2);
});

test("the working copy's long edge is at most 2048 and never larger than the photo", () => {
  expect(workingSize({ width: 3_024, height: 4_032 })).toEqual({ width: 1_536, height: 2_048 });
  expect(workingSize({ width: 600, height: 400 })).toEqual({ width: 600, height: 400 });
});

test("a history that is full takes no more steps, and says so by not changing", () => {
  const ops = Array.from({ length: MAX_OPS }, () => ({ kind: "invert" }) as const);
  const painter = new Painter({ picture: PICTURE, history: { ops, head: MAX_OPS } });
  painter.run("invert");
  expect(painter.getSnapshot().history).toEqual({ ops, head: MAX_OPS });
});
