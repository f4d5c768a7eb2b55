import type { Size } from "./view-transform.ts";

/** Longest edge of the working copy that is shown and painted on. */
export const WORKING_EDGE_PX = 2_048;

/** The size a picture is worked on at: its own, or scaled down to the working edge. */
export function workingSize(picture: Size): Size {
  const factor = Math.min(1, WORKING_EDGE_PX / Math.max(picture.width, picture.height));
  return {
    width: Math.max(1, Math.round(picture.width * factor)),
    height: Math.max(1, Math.round(picture.height * factor)),
  };
}

/** Draws a photo upright at working size. @throws {Error} when it cannot be decoded any more. */
export async function openPicture(canvas: HTMLCanvasElement, blob: Blob): Promise<void> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image" });
  const { width, height } = workingSize(bitmap);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context !== null) {
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
  }
  bitmap.close();
}
