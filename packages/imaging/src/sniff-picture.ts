import { MAX_PNG_CHUNKS } from "./limits.ts";

/** What the first bytes say the file is. */
export type PictureType = "image/jpeg" | "image/png" | "image/webp";

/** `unsupported`: surely a picture or document of a kind we do not take; `unknown`: nothing we recognise. */
export type Sniffed =
  | { kind: "still"; type: PictureType }
  | { kind: "unsupported"; what: string }
  | { kind: "unknown" };

const FOREIGN_MAGIC = [
  ["GIF8", "GIF"],
  ["BM", "BMP"],
  ["II*\0", "TIFF"],
  ["MM\0*", "TIFF"],
  ["%PDF", "PDF"],
  ["8BPS", "PSD"],
  ["\xff\x0a", "JPEG XL"],
  ["\0\0\0\x0cJXL ", "JPEG XL"],
  ["\0\0\0\x0cjP  ", "JPEG 2000"],
] as const;

/** Tells a file's type from its bytes alone; names and claimed content types are not believed. */
export function sniffPicture(bytes: Uint8Array): Sniffed {
  if (textAt(bytes, 0, 3) === "\xff\xd8\xff") return { kind: "still", type: "image/jpeg" };
  if (textAt(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") {
    return sniffPng(bytes);
  }
  if (textAt(bytes, 0, 4) === "RIFF" && textAt(bytes, 8, 4) === "WEBP") {
    if (isAnimatedWebp(bytes)) return { kind: "unsupported", what: "animated WebP" };
    return { kind: "still", type: "image/webp" };
  }
  if (textAt(bytes, 4, 4) === "ftyp") return { kind: "unsupported", what: "HEIF, AVIF or video" };
  for (const [magic, what] of FOREIGN_MAGIC) {
    if (textAt(bytes, 0, magic.length) === magic) return { kind: "unsupported", what };
  }
  if (/<svg[\s>]/i.test(textAt(bytes, 0, 4096))) return { kind: "unsupported", what: "SVG" };
  return { kind: "unknown" };
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

/** VP8X carries its flags in byte 20; bit 1 says animation. */
function isAnimatedWebp(bytes: Uint8Array): boolean {
  return textAt(bytes, 12, 4) === "VP8X" && ((bytes[20] ?? 0) & 0x02) !== 0;
}

/** Chunk types as the numbers they are in the file: this runs on the event loop. */
const ACTL = 0x6163544c;
const IDAT = 0x49444154;

/** An `acTL` chunk before the first `IDAT` makes a PNG animated. */
function sniffPng(bytes: Uint8Array): Sniffed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8;
  for (let chunk = 0; chunk < MAX_PNG_CHUNKS && at + 8 <= bytes.byteLength; chunk += 1) {
    const type = view.getUint32(at + 4);
    if (type === ACTL) return { kind: "unsupported", what: "animated PNG" };
    if (type === IDAT) return { kind: "still", type: "image/png" };
    at += 12 + view.getUint32(at);
  }
  // No pixels where they could be.
  return { kind: "unknown" };
}
