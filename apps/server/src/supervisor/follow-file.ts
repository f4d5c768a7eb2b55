import { open, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 200;

/**
 * Hands on what is appended to a file, from its present end, until `signal`. A detached process
 * writes its log to a file rather than to our pipe: it must be able to outlive us.
 */
export async function followFile(
  path: string,
  write: (chunk: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  let position = await sizeOf(path);
  while (!signal.aborted) {
    const size = await sizeOf(path);
    if (size < position) position = 0;
    if (size > position) {
      const chunk = await readRange(path, position, size);
      position += chunk.length;
      write(chunk);
    }
    await pause(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

async function readRange(path: string, from: number, to: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
