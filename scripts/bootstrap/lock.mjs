import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs `work` while no other process runs work under the same name; waits for the other. The lock
 * is a socket, so it dies with its process however that ends (on Linux an abstract one: no file).
 */
export async function withLock(name, work) {
  const key = `ob-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  const isAbstract = process.platform === "linux";
  const address = isAbstract ? `\0${key}` : join(tmpdir(), `${key}.sock`);
  let server = await listen(address);
  while (server === null) {
    const answered = await waitForHolder(address);
    if (!answered && !isAbstract) rmSync(address, { force: true });
    server = await listen(address);
  }
  try {
    return await work();
  } finally {
    server.close();
    for (const waiter of server.waiters) waiter.destroy();
  }
}

function listen(address) {
  return new Promise((resolve, reject) => {
    const server = createServer((waiter) => {
      server.waiters.add(waiter);
      waiter.on("error", () => waiter.destroy());
    });
    server.waiters = new Set();
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

/** Resolves when the holder is gone; false when nobody held the address at all. */
function waitForHolder(address) {
  return new Promise((resolve) => {
    let isConnected = false;
    const socket = connect(address, () => {
      isConnected = true;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(isConnected));
  });
}
