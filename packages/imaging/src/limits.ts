/** Largest upload, bytes. */
export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
/** Largest picture, pixels. */
export const MAX_PIXELS = 40_000_000;
/** Shortest side of a picture the canvas plan accepts, pixels. Masks have no such limit. */
export const MIN_SIDE_PX = 64;
/** Longest side of a preview, pixels. */
export const PREVIEW_SIDE_PX = 1024;
/** After this long a decoder is taken for stuck, seconds. */
export const DECODE_TIMEOUT_SECONDS = 30;
