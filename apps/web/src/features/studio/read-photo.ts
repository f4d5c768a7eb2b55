import { newUuid } from "../../shared/lib/new-uuid.ts";
import { SNIFF_BYTES, sniffPicture, type PictureType } from "./sniff-picture.ts";

/** A photo the user chose: its file, and its upright size in pixels. */
export interface Photo {
  readonly id: string;
  readonly name: string;
  readonly blob: Blob;
  readonly contentType: PictureType;
  readonly width: number;
  readonly height: number;
  /** The job whose result this is: then the server has the pixels, and `blob` is a lighter copy to look at. */
  readonly resultOf?: string;
}

/** Why a file cannot be used; each has its own words in intake-problem-text.tsx. */
export type IntakeProblem =
  | "empty"
  | "tooLarge"
  | "tooManyPixels"
  | "notPicture"
  | "heic"
  | "animated"
  | "unreadable";

export type PhotoReading =
  | { readonly ok: true; readonly photo: Photo }
  | { readonly ok: false; readonly problem: IntakeProblem };

/** Most bytes the server takes of one picture. */
export const MAX_UPLOAD_BYTES = 25_000_000;
export const MAX_PHOTO_PIXELS = 40_000_000;

/** What reading a photo needs of the browser. */
export interface PhotoReader {
  readonly decode: (blob: Blob) => Promise<{ width: number; height: number; close(): void }>;
  readonly newId: () => string;
}

/** Checks a file as the server will, so that a wrong one is told at once and nothing is uploaded. */
export async function readPhoto(
  file: { blob: Blob; name: string },
  reader: PhotoReader,
): Promise<PhotoReading> {
  const { blob, name } = file;
  if (blob.size === 0) return refused("empty");
  if (blob.size > MAX_UPLOAD_BYTES) return refused("tooLarge");
  // A file that was moved or deleted since it was chosen cannot be read.
  const start = await blob
    .slice(0, SNIFF_BYTES)
    .arrayBuffer()
    .catch(() => null);
  if (start === null) return refused("unreadable");
  const head = new Uint8Array(start);
  const sniffed = sniffPicture(head);
  if (sniffed.kind === "unknown") return refused("notPicture");
  if (sniffed.kind !== "picture") return refused(sniffed.kind);
  const { declared, type } = sniffed;
  if (declared !== null && declared.width * declared.height > MAX_PHOTO_PIXELS) {
    return refused("tooManyPixels");
  }
  const bitmap = await reader.decode(blob).catch(() => null);
  if (bitmap === null) return refused("unreadable");
  const { width, height } = bitmap;
  bitmap.close();
  if (width * height > MAX_PHOTO_PIXELS) return refused("tooManyPixels");
  return {
    ok: true,
    photo: { id: reader.newId(), name, blob, contentType: type, width, height },
  };
}

function refused(problem: IntakeProblem): PhotoReading {
  return { ok: false, problem };
}

/** The reader of a real browser: upright as EXIF says. */
export function browserPhotoReader(): PhotoReader {
  return {
    decode: (blob) => createImageBitmap(blob, { imageOrientation: "from-image" }),
    newId: newUuid,
  };
}
