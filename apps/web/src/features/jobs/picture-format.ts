/** Formats a result can be had in besides PNG. */
export type PictureFormat = "jpeg" | "webp";

/** The longest side each format can hold, px. */
const MAX_SIDE_PX = { jpeg: 65_500, webp: 16_383 } satisfies Record<PictureFormat, number>;

/** The formats that can hold a picture of this size. */
export function formatsFor({ width, height }: { width: number; height: number }): PictureFormat[] {
  const formats: PictureFormat[] = ["jpeg", "webp"];
  return formats.filter((format) => Math.max(width, height) <= MAX_SIDE_PX[format]);
}

/** A result's download address for another format. */
export function withFormat(downloadUrl: string, format: PictureFormat): string {
  const url = new URL(downloadUrl);
  url.searchParams.set("format", format);
  return url.href;
}
