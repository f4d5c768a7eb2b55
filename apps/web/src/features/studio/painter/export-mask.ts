import { drawOps } from "./draw-ops.ts";
import { encodeGreyPng } from "./encode-grey-png.ts";
import type { MaskOp } from "./mask-op.ts";
import type { Size } from "./view-transform.ts";

/** iOS Safari silently draws nothing on a canvas above this area. */
export const MAX_CANVAS_PIXELS = 16_777_216;
const STRIP_ROWS = 256;

export interface MaskExportRequest {
  /** Upright pixels of the photo. */
  picture: Size;
  ops: readonly MaskOp[];
}

/** The size a mask is exported at: the photo's, or the largest of its shape a canvas can hold. */
export function maskExportSize(picture: Size): Size {
  const factor = Math.min(1, Math.sqrt(MAX_CANVAS_PIXELS / (picture.width * picture.height)));
  if (factor === 1) return { width: picture.width, height: picture.height };
  return {
    width: Math.max(1, Math.floor(picture.width * factor)),
    height: Math.max(1, Math.floor(picture.height * factor)),
  };
}

/**
 * Draws the mask and encodes it as a greyscale PNG: 255 = change, 0 = keep.
 * Runs in a worker. @throws {Error} when nothing is painted or no canvas can be had.
 */
export async function exportMask(request: MaskExportRequest): Promise<Blob> {
  const { width, height } = maskExportSize(request.picture);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no 2D context for the mask export");
  const scaleX = width / request.picture.width;
  const scaleY = height / request.picture.height;
  drawOps({ context, width, height, scaleX, scaleY, colour: "#ffffff" }, request.ops);
  let painted = false;
  const rowsAt = (top: number): Uint8Array => {
    const rows = Math.min(STRIP_ROWS, height - top);
    const { data } = context.getImageData(0, top, width, rows);
    const grey = new Uint8Array(width * rows);
    for (let index = 0; index < grey.length; index += 1) {
      const alpha = data[index * 4 + 3] ?? 0;
      grey[index] = alpha;
      painted ||= alpha > 0;
    }
    return grey;
  };
  const png = await encodeGreyPng({ width, height, rowsAt });
  if (!painted) throw new Error("the mask is empty");
  return png;
}
