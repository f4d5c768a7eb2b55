/** Rows `fromRow` (inclusive) to `toRow` (exclusive). */
export interface RowBand {
  fromRow: number;
  toRow: number;
}

/** A band's working memory is about ten times this. */
const BAND_PIXELS = 1_500_000;
/** Below this a second thread costs more than it saves. */
const SMALL_PICTURE_PIXELS = 250_000;

/** Cuts a picture into bands of whole rows: small enough for memory, and a multiple of `threads` so none idles. */
export function splitRows(size: { width: number; height: number }, threads: number): RowBand[] {
  const pixels = size.width * size.height;
  const wanted =
    pixels < SMALL_PICTURE_PIXELS ? 1 : Math.ceil(pixels / BAND_PIXELS / threads) * threads;
  const rows = Math.ceil(size.height / wanted);
  const bands: RowBand[] = [];
  for (let fromRow = 0; fromRow < size.height; fromRow += rows) {
    bands.push({ fromRow, toRow: Math.min(size.height, fromRow + rows) });
  }
  return bands;
}
