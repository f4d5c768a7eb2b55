/** Largest upload, bytes: 25 MB as a file manager counts them. */
export const MAX_UPLOAD_BYTES = 25_000_000;
/** Largest picture, pixels. */
export const MAX_PIXELS = 40_000_000;
/** Most chunks before the pixels of an honest PNG; a file can hold two million empty ones. */
export const MAX_PNG_CHUNKS = 1_000;
/** How far the model's picture may be from the canvas in shape; beyond it would be visibly stretched. */
export const MAX_SHAPE_ERROR = 0.01;
/** Least side of the model's picture as a share of the canvas's: what is smaller shows nothing once enlarged. */
export const LEAST_OUTPUT_SCALE = 0.25;
/** Longest side each format can store, pixels; of JPEG what libjpeg writes. */
export const MAX_SIDE_PX = { png: 2 ** 31 - 1, jpeg: 65_500, webp: 16_383 } as const;
/** Longest side of a preview, pixels. */
export const PREVIEW_SIDE_PX = 1024;
/** After this long a decoder is taken for stuck, seconds. */
export const DECODE_TIMEOUT_SECONDS = 30;
