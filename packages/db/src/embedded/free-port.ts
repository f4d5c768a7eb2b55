import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below every system's ephemeral range (Linux from 32768, macOS from 49152): an outgoing connection
// cannot take the port while its owner is down for a moment.
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;

/** Whether nobody listens on `host:port` now. */
export function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // Any other failure (no such address, no IPv6) is not somebody else's socket.
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "EADDRINUSE"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port nobody listens on now, outside the range the system gives to outgoing connections. */
export async function choosePort(host = "127.0.0.1"): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`No free port between ${LOWEST_PORT} and ${HIGHEST_PORT} on ${host}.`);
}
