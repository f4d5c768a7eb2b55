import { readFile } from "node:fs/promises";
import { planCanvas, type CanvasPlan, type PixelRect } from "@ob/workflow/canvas";
import sharp from "sharp";
import type { InputFile, PreparedInputs } from "../src/index.ts";

const PHOTOS = new URL("../../../fixtures/photos/", import.meta.url);

/** Bytes of a photo of `fixtures/photos`. */
export async function photo(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(name, PHOTOS)));
}

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A grey PNG mask from a rule on pixel positions. */
export async function paintMask(
  size: Size,
  level: (x: number, y: number) => number,
): Promise<Uint8Array> {
  const data = Buffer.alloc(size.width * size.height);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) data[y * size.width + x] = level(x, y);
  }
  return sharp(data, { raw: { ...size, channels: 1 } })
    .png()
    .toBuffer();
}

/** A disc in the middle, a quarter of the height in radius. */
export function discMask(size: Size): Promise<Uint8Array> {
  return paintMask(size, (x, y) =>
    Math.hypot(x - size.width / 2, y - size.height / 2) < size.height / 4 ? 255 : 0,
  );
}

/** The plan an edit gets, with or without a mask (with null bounds: nothing on it is painted). */
export function planFor(
  size: Size,
  mask: { bounds: PixelRect | null } | null,
  { ratio, editsPicture }: { ratio: string; editsPicture: boolean } = AS_IT_IS,
): CanvasPlan {
  return planCanvas({
    picture: size,
    maskBounds: mask?.bounds ?? null,
    ratio,
    editsPicture,
    softness: { growCanvasPx: 12, featherCanvasPx: 6 },
  });
}

const AS_IT_IS = { ratio: "original", editsPicture: true } as const;

/** Samples as stored, without any conversion. */
export async function rawSamples(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** The working copy among the prepared files. */
export function canvasOf({ images: [canvas] }: PreparedInputs): InputFile {
  if (!canvas) throw new Error("the canvas is always sent");
  return canvas;
}
