export type PictureType = "image/jpeg" | "image/png" | "image/webp";

/** What a file is by its first bytes, whatever it is called. */
export type SniffedFile =
  | { readonly kind: "picture"; readonly type: PictureType; readonly declared: DeclaredSize | null }
  | { readonly kind: "heic" }
  | { readonly kind: "animated" }
  | { readonly kind: "unknown" };

/** Size a PNG's header claims; lets a bomb be refused before it is decoded. */
export interface DeclaredSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes {@link sniffPicture} wants to see. */
export const SNIFF_BYTES = 64;

/** Tells JPEG, PNG and WebP from HEIC, animations and everything else. */
export function sniffPicture(head: Uint8Array): SniffedFile {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return picture("image/jpeg");
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return picture("image/png", pngSize(head));
  }
  if (asciiAt(head, 0, 4) === "RIFF" && asciiAt(head, 8, 4) === "WEBP") {
    const animates = asciiAt(head, 12, 4) === "VP8X" && ((head[20] ?? 0) & 0x02) !== 0;
    return animates ? { kind: "animated" } : picture("image/webp");
  }
  if (
    asciiAt(head, 4, 4) === "ftyp" &&
    /^(hei[cmsx]|hev[cmx]|mif1|msf1)$/.test(asciiAt(head, 8, 4))
  ) {
    return { kind: "heic" };
  }
  if (asciiAt(head, 0, 4) === "GIF8") return { kind: "animated" };
  return { kind: "unknown" };
}

function picture(type: PictureType, declared: DeclaredSize | null = null): SniffedFile {
  return { kind: "picture", type, declared };
}

function pngSize(head: Uint8Array): DeclaredSize | null {
  if (head.length < 24) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function asciiAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
