/** Formats a result can be had in besides PNG. */
export type PictureFormat = "jpeg" | "webp";

/** The longest side each format can hold, px. */
export const MAX_SIDE_PX = { jpeg: 65_535, webp: 16_383 } satisfies Record<PictureFormat, number>;

/** A result's download address for another format. */
export function withFormat(downloadUrl: string, format: PictureFormat): string {
  const url = new URL(downloadUrl);
  url.searchParams.set("format", format);
  return url.href;
}
