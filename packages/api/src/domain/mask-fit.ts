interface Size {
  readonly width: number;
  readonly height: number;
}

interface Bounds extends Size {
  readonly x: number;
  readonly y: number;
}

/** How far a mask's shape may differ from its picture's. */
const MAX_RATIO_ERROR_PERCENT = 1;

/** Whether a mask has its picture's shape, within one percent. */
export function maskFits(mask: Size, picture: Size): boolean {
  // Cross-multiplied: whole numbers have no rounding that could move the limit.
  const ours = mask.width * picture.height;
  const theirs = mask.height * picture.width;
  return Math.abs(ours - theirs) * 100 <= theirs * MAX_RATIO_ERROR_PERCENT;
}

/** What is painted, in whole pixels of the picture: never less than in the mask itself. */
export function maskBoundsInPicture(
  bounds: Bounds,
  { mask, picture }: { mask: Size; picture: Size },
): Bounds {
  const scaleX = picture.width / mask.width;
  const scaleY = picture.height / mask.height;
  const x = Math.floor(bounds.x * scaleX);
  const y = Math.floor(bounds.y * scaleY);
  const right = Math.min(picture.width, Math.ceil((bounds.x + bounds.width) * scaleX));
  const bottom = Math.min(picture.height, Math.ceil((bounds.y + bounds.height) * scaleY));
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}
