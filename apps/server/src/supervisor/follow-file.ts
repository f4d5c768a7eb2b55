import { open, stat, truncate } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 200;

export interface FollowOptions {
  write: (chunk: Buffer) => void;
  /** A file that has grown beyond this is emptied once all of it is handed on. */
  limitBytes: number;
  signal: AbortSignal;
}

/**
 * Hands on what is appended to a file, from its present end, until `signal`. A detached process
 * writes its log to a file rather than to our pipe: it must be able to outlive us. Never rejects: a
 * file that cannot be read now is looked at again.
 */
export async function followFile(path: string, o: FollowOptions): Promise<void> {
  let position = await sizeOf(path);
  while (!o.signal.aborted) {
    position = await handOn(path, position, o).catch(() => position);
    await pause(POLL_MS, undefined, { signal: o.signal }).catch(() => {});
  }
}

/** @returns the position after what was handed on. */
async function handOn(path: string, position: number, o: FollowOptions): Promise<number> {
  const size = await sizeOf(path);
  const from = size < position ? 0 : position;
  const chunk = await readRange(path, from, size);
  if (chunk.length > 0) o.write(chunk);
  if (size <= o.limitBytes) return from + chunk.length;
  await truncate(path);
  return 0;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

async function readRange(path: string, from: number, to: number): Promise<Buffer> {
  if (from === to) return Buffer.alloc(0);
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
