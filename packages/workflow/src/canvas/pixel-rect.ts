import type { PixelSize } from "./encoder-sizes.ts";

/** A rectangle in whole pixels; `x`, `y` is its upper left corner. */
export interface PixelRect extends PixelSize {
  x: number;
  y: number;
}

/** @throws {RangeError} when the sides are not positive whole numbers. */
export function assertPixelSize({ width, height }: PixelSize): void {
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`not a picture size: ${width}x${height}`);
  }
}

/** @throws {RangeError} when the rectangle is empty, not of whole pixels or leaves the picture. */
export function assertInside(rect: PixelRect, picture: PixelSize): void {
  assertPixelSize(rect);
  const { x, y, width, height } = rect;
  const isWhole = Number.isSafeInteger(x) && Number.isSafeInteger(y) && x >= 0 && y >= 0;
  if (!isWhole || x + width > picture.width || y + height > picture.height) {
    throw new RangeError(
      `not inside ${picture.width}x${picture.height}: ${width}x${height}+${x}+${y}`,
    );
  }
}
