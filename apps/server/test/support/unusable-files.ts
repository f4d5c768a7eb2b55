import { crc32 } from "node:zlib";
import type { AppErrorCode } from "@ob/api";
import sharp from "sharp";
import { fixture } from "./caller.ts";

/** What it is, its bytes, what it is declared as, and how it is refused. */
type UnusableFile = [string, () => Promise<Uint8Array>, string, AppErrorCode, number];

const SVG = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`);

/** Files that no job can be made of. */
export const UNUSABLE_FILES: readonly UnusableFile[] = [
  ["0 bytes", async () => new Uint8Array(), "image/png", "IMAGE_UNREADABLE", 422],
  [
    "text renamed .png",
    async () => Buffer.from("hello, no picture"),
    "image/png",
    "IMAGE_UNREADABLE",
    422,
  ],
  [
    "a truncated JPEG",
    async () => (await fixture("rocket.jpg")).subarray(0, 50_000),
    "image/jpeg",
    "IMAGE_UNREADABLE",
    422,
  ],
  [
    "a PNG bomb of 30,000 × 30,000",
    async () => pngBomb(30_000),
    "image/png",
    "IMAGE_TOO_MANY_PIXELS",
    422,
  ],
  ["an SVG declared as one", async () => SVG, "image/svg+xml", "IMAGE_TYPE_UNSUPPORTED", 415],
  ["an SVG declared as PNG", async () => SVG, "image/png", "IMAGE_TYPE_UNSUPPORTED", 415],
  ["an animated WebP", animatedWebp, "image/webp", "IMAGE_TYPE_UNSUPPORTED", 415],
  ["a HEIC", () => fixture("coffee.heic"), "image/heic", "IMAGE_TYPE_UNSUPPORTED", 415],
  ["26 MB", async () => new Uint8Array(26_000_000), "image/png", "FILE_TOO_LARGE", 413],
];

async function animatedWebp(): Promise<Uint8Array> {
  const frames = Buffer.alloc(8 * 16 * 3, 120);
  frames.fill(10, 0, 8 * 8 * 3);
  const image = sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } });
  return image.webp({ loop: 0, delay: [100, 100] }).toBuffer();
}

/** A PNG whose header tells `size` × `size` pixels in a few hundred bytes. */
async function pngBomb(size: number): Promise<Uint8Array> {
  const template = await sharp(Buffer.alloc(3), { raw: { width: 1, height: 1, channels: 3 } })
    .png()
    .toBuffer();
  const header = Buffer.from(template);
  header.writeUInt32BE(size, 16);
  header.writeUInt32BE(size, 20);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return header;
}
