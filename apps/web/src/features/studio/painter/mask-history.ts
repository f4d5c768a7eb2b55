import type { MaskOp } from "./mask-op.ts";

/** Most operations kept; far above what one picture needs, so that a draft stays small. */
export const MAX_OPS = 2_000;

/** All operations ever made and not overwritten; the first `head` of them make the mask. */
export interface MaskHistory {
  readonly ops: readonly MaskOp[];
  readonly head: number;
}

export const EMPTY_HISTORY: MaskHistory = { ops: [], head: 0 };

/** Adds an operation after the head and forgets what had been undone. */
export function withOp(history: MaskHistory, op: MaskOp): MaskHistory {
  if (history.head >= MAX_OPS) return history;
  const ops = [...history.ops.slice(0, history.head), op];
  return { ops, head: ops.length };
}

/** One step back; the same value when there is nothing to undo. */
export function undone(history: MaskHistory): MaskHistory {
  return canUndo(history) ? { ...history, head: history.head - 1 } : history;
}

/** One step forward; the same value when there is nothing to redo. */
export function redone(history: MaskHistory): MaskHistory {
  return canRedo(history) ? { ...history, head: history.head + 1 } : history;
}

export function canUndo(history: MaskHistory): boolean {
  return history.head > 0;
}

export function canRedo(history: MaskHistory): boolean {
  return history.head < history.ops.length;
}

/** The operations that make the present mask. */
export function visibleOps(history: MaskHistory): readonly MaskOp[] {
  return history.ops.slice(0, history.head);
}

/** A short text that tells masks apart by the operations that draw them. */
export function maskKey(ops: readonly MaskOp[]): string {
  const text = JSON.stringify(ops);
  let low = 0x811c9dc5;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995) ^ (low >>> 15);
  }
  return `${ops.length}-${(low >>> 0).toString(16)}-${(high >>> 0).toString(16)}`;
}
