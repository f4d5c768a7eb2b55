import sharp from "sharp";
import { readPhoto } from "../world/open-guest.ts";

/** A photo of the repository and a mask painted on it. */
export interface PhotoToEdit {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mask: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Small, middling and what a phone takes: most people send the last. */
const NAMES = ["rocket.jpg", "coffee.png", "astronaut.png", "coffee-12mp-rotated.jpg"];

/** Reads them and paints an ellipse in the middle of each. */
export async function createPhotos(): Promise<PhotoToEdit[]> {
  return Promise.all(NAMES.map(paint));
}

async function paint(name: string): Promise<PhotoToEdit> {
  const bytes = await readPhoto(name);
  const { autoOrient } = await sharp(bytes).metadata();
  const { width, height } = autoOrient;
  const painted = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="black"/><ellipse cx="50%" cy="50%" rx="20%" ry="25%" fill="white"/></svg>`;
  const mask = await sharp(Buffer.from(painted)).greyscale().png().toBuffer();
  return { name, bytes, mask: new Uint8Array(mask), width, height };
}
