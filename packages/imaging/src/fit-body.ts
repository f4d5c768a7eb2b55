import { fromPixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";

/** A picture as it is sent. */
export interface InputFile {
  bytes: Uint8Array;
  extension: "png" | "jpg";
}

/** Pictures to send together, the most important first, with files that go as they are. */
export interface FitBodyRequest {
  pictures: readonly Pixels[];
  fixed: readonly Uint8Array[];
  /** Room for all of them in base64, bytes. */
  maxBodyBytes: number;
}

/**
 * Encodes losslessly; while the files are too large together, the last lossless one becomes a JPEG.
 * @throws {Error} when even JPEGs do not fit: the limits leave room for every plan.
 */
export async function fitBody(request: FitBodyRequest, pool: PixelPool): Promise<InputFile[]> {
  const { pictures, fixed, maxBodyBytes } = request;
  const files: InputFile[] = [];
  for (const picture of pictures) {
    files.push({ bytes: await encodePng(picture, pool), extension: "png" });
  }
  const room = maxBodyBytes - base64Length(fixed);
  for (let last = pictures.length - 1; base64Length(files.map(toBytes)) > room; last -= 1) {
    const picture = pictures[last];
    if (!picture) {
      const sizes = pictures.map(({ width, height }) => `${width}x${height}`).join(", ");
      throw new Error(`Pictures of ${sizes} do not fit the body of ${maxBodyBytes} bytes`);
    }
    files[last] = { bytes: await encodeJpeg(picture), extension: "jpg" };
  }
  return files;
}

async function encodeJpeg(picture: Pixels): Promise<Uint8Array> {
  const jpeg = fromPixels(picture).jpeg({ quality: 95, chromaSubsampling: "4:4:4" });
  return new Uint8Array(await jpeg.toBuffer());
}

function toBytes({ bytes }: InputFile): Uint8Array {
  return bytes;
}

function base64Length(files: readonly Uint8Array[]): number {
  return files.reduce((sum, { byteLength }) => sum + Math.ceil(byteLength / 3) * 4, 0);
}
