import { openPicture, toPixels } from "./decode-pixels.ts";
import { ImageError } from "./image-error.ts";
import type { Pixels } from "./pixels.ts";

/** The area to which the text encoder scales each picture anyway, pixels. @see comfy_extras/nodes_qwen.py */
const ENCODER_AREA = 1024 * 1024;

/**
 * A further picture for the model, RGB on white, scaled down to at most a megapixel; never enlarged.
 * @throws {ImageError} IMAGE_UNREADABLE when it cannot be decoded.
 */
export async function scaleExtra(bytes: Uint8Array): Promise<Pixels> {
  const picture = openPicture(bytes);
  const { autoOrient } = await picture.metadata().catch((cause: unknown) => {
    throw new ImageError("IMAGE_UNREADABLE", "header of a further picture cannot be read", {
      cause,
    });
  });
  const { width, height } = autoOrient;
  const factor = Math.min(1, Math.sqrt(ENCODER_AREA / (width * height)));
  const pipeline = picture
    .resize(side(width, factor), side(height, factor), { fit: "fill" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" });
  return toPixels(pipeline, "a further picture cannot be decoded");
}

function side(length: number, factor: number): number {
  return Math.max(1, Math.floor(length * factor));
}
