import sharp from "sharp";
import { sniffPicture } from "./sniff-picture.ts";

/** Pixels of a picture by its header; 0 = no picture we take, which will be refused before it costs anything. */
export async function countPixels(bytes: Uint8Array): Promise<number> {
  if (sniffPicture(bytes).kind !== "still") return 0;
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return width * height;
  } catch {
    return 0;
  }
}
