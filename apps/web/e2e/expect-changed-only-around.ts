import sharp, { type Sharp } from "sharp";
import { expect } from "vitest";

/** A level stroke of the brush; all in shares of the picture, `brushShare` of its width. */
interface Stroke {
  y: number;
  x: readonly [number, number];
  brushShare: number;
}

/** Compares a result with the upright original (a file): alike to the byte beyond the stroke, changed along its middle. */
export async function expectChangedOnlyAround(
  pictures: { original: string; result: Buffer },
  stroke: Stroke,
): Promise<void> {
  const raw = (image: Sharp) => image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const before = await raw(sharp(pictures.original).autoOrient().toColourspace("srgb"));
  const after = await raw(sharp(pictures.result));
  const { width, height } = before.info;
  expect(after.info).toMatchObject({ width, height, channels: 3 });
  const reach = width * stroke.brushShare;
  const top = Math.floor(stroke.y * height - reach);
  const bottom = Math.ceil(stroke.y * height + reach);
  const rowBytes = width * 3;
  const same = (from: number, to: number) =>
    before.data
      .subarray(from * rowBytes, to * rowBytes)
      .equals(after.data.subarray(from * rowBytes, to * rowBytes));
  expect(same(0, top)).toBe(true);
  expect(same(bottom, height)).toBe(true);
  const sides = stroke.x.map((share) => Math.round(share * width));
  const leftEnd = (sides[0] ?? 0) - reach;
  const rightEnd = (sides[1] ?? width) + reach;
  for (let y = top; y < bottom; y += 1) {
    const sameBeside = (from: number, to: number) =>
      before.data
        .subarray(y * rowBytes + from * 3, y * rowBytes + to * 3)
        .equals(after.data.subarray(y * rowBytes + from * 3, y * rowBytes + to * 3));
    if (!sameBeside(0, Math.floor(leftEnd)) || !sameBeside(Math.ceil(rightEnd), width)) {
      expect.fail(`row ${y} changed beside the stroke`);
    }
  }
  const row = Math.round(stroke.y * height);
  let changed = 0;
  const [left, right] = stroke.x.map((share) => Math.round(share * width));
  for (let x = left ?? 0; x < (right ?? 0); x += 1) {
    const at = row * rowBytes + x * 3;
    if (!before.data.subarray(at, at + 3).equals(after.data.subarray(at, at + 3))) changed += 1;
  }
  expect(changed / ((right ?? 0) - (left ?? 0))).toBeGreaterThan(0.8);
}
