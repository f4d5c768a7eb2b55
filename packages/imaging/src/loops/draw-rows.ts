import type { Pixels } from "../pixels.ts";
import type { Axis } from "./resample-axis.ts";

/** A part of the model's picture being resampled row by row, top to bottom. */
export interface Drawing {
  /** The row last drawn, RGB, from the first of the drawn columns. */
  readonly drawn: Uint8ClampedArray;
  /** Draws row `row` of the down axis, columns `from` to `to` (exclusive) of the across axis. */
  drawRow(row: number, from: number, to: number): void;
}

/** A model row, resampled across; kept while rows that need it follow one another. */
type Lines = (modelRow: number) => Float32Array;

/** Enough for an eightfold reduction; fewer only cost time, never correctness. */
const KEPT_LINES = 40;

/** Resamples across first (each model row once), then down, four rows at a time. */
export function createDrawing(
  model: Pixels,
  axes: { across: Axis; down: Axis; columns: number },
): Drawing {
  const { across, down, columns } = axes;
  const lines = createLines(model, across, columns);
  const sums = new Float32Array(columns * 3);
  const drawn = new Uint8ClampedArray(columns * 3);
  return {
    drawn,
    drawRow(row, from, to) {
      const span = { from: from * 3, to: to * 3 };
      if (down.taps === 4) {
        addLines({ lines, down, tap: row * 4, before: null, out: drawn, ...span });
        return;
      }
      sums.fill(0, span.from, span.to);
      for (let tap = row * down.taps; tap < (row + 1) * down.taps; tap += 4) {
        addLines({ lines, down, tap, before: sums, out: sums, ...span });
      }
      drawn.set(sums.subarray(span.from, span.to), span.from);
    },
  };
}

function createLines(model: Pixels, across: Axis, columns: number): Lines {
  const kept = new Map<number, Float32Array>();
  return (modelRow) => {
    const known = kept.get(modelRow);
    if (known) return known;
    // A reused buffer: rows are asked for in order, so the oldest is the furthest behind.
    const oldest = kept.size >= KEPT_LINES ? kept.entries().next().value : undefined;
    if (oldest) kept.delete(oldest[0]);
    const line = oldest ? oldest[1] : new Float32Array(columns * 3);
    resampleLine(model, across, { modelRow, columns, line });
    kept.set(modelRow, line);
    return line;
  };
}

function resampleLine(
  model: Pixels,
  across: Axis,
  to: { modelRow: number; columns: number; line: Float32Array },
): void {
  const { taps, indexes, weights } = across;
  const row = model.data.subarray(
    to.modelRow * model.width * 3,
    (to.modelRow + 1) * model.width * 3,
  );
  for (let column = 0; column < to.columns; column += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = column * taps; k < (column + 1) * taps; k += 1) {
      const weight = weights[k] ?? 0;
      const at = (indexes[k] ?? 0) * 3;
      red += weight * (row[at] ?? 0);
      green += weight * (row[at + 1] ?? 0);
      blue += weight * (row[at + 2] ?? 0);
    }
    to.line[column * 3] = red;
    to.line[column * 3 + 1] = green;
    to.line[column * 3 + 2] = blue;
  }
}

interface AddLines {
  lines: Lines;
  down: Axis;
  tap: number;
  /** Added to when a row has more than four taps. */
  before: Float32Array | null;
  out: Float32Array | Uint8ClampedArray;
  from: number;
  to: number;
}

/** Four taps in one pass over memory: enlarging has exactly four, reducing a multiple of them. */
function addLines({ lines, down, tap, before, out, from, to }: AddLines): void {
  const w0 = down.weights[tap] ?? 0;
  const w1 = down.weights[tap + 1] ?? 0;
  const w2 = down.weights[tap + 2] ?? 0;
  const w3 = down.weights[tap + 3] ?? 0;
  const a = lines(down.indexes[tap] ?? 0);
  const b = lines(down.indexes[tap + 1] ?? 0);
  const c = lines(down.indexes[tap + 2] ?? 0);
  const d = lines(down.indexes[tap + 3] ?? 0);
  for (let i = from; i < to; i += 1) {
    const sum = w0 * (a[i] ?? 0) + w1 * (b[i] ?? 0) + w2 * (c[i] ?? 0) + w3 * (d[i] ?? 0);
    out[i] = before ? (before[i] ?? 0) + sum : sum;
  }
}
