import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A named lock that dies with the process that holds it, however that process ends. */
export interface HeldLock {
  kind: "held";
  /** Sets what `holdLock` in another process gets as `note`. */
  setNote(note: string): void;
  release(): Promise<void>;
}

export type LockOutcome =
  | HeldLock
  | { kind: "taken"; /** What the holder last said. */ note: string };

/**
 * Takes the lock `name`, or says who holds it. On Linux it is an abstract Unix socket, which the
 * kernel drops with its process; elsewhere a socket file in the temporary folder, taken over when
 * nobody answers on it.
 */
export async function holdLock(name: string): Promise<LockOutcome> {
  const key = `ob-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  const isAbstract = process.platform === "linux";
  const address = isAbstract ? `\0${key}` : join(tmpdir(), `${key}.sock`);
  for (;;) {
    const held = await listen(address);
    if (held !== null) return held;
    const note = await readNote(address);
    if (note !== null) return { kind: "taken", note };
    if (!isAbstract) await rm(address, { force: true });
  }
}

function listen(address: string): Promise<HeldLock | null> {
  let note = "";
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
    socket.end(note);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve({
        kind: "held",
        setNote: (next) => {
          note = next;
        },
        release: () =>
          new Promise((done) => {
            for (const socket of open) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

/** What the holder says; null when nobody holds the lock any more. */
function readNote(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let note = "";
    socket.setEncoding("utf8");
    // A frozen holder (SIGSTOP) still holds: silence is not absence.
    socket.setTimeout(2_000, () => {
      resolve(note);
      socket.destroy();
    });
    socket.on("data", (chunk: string) => {
      note += chunk;
    });
    socket.on("end", () => resolve(note));
    socket.on("error", () => resolve(null));
  });
}
