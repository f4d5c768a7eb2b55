import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** A 25 MB upload over a slow phone; the upload's own ten minutes end it anyway. */
const REQUEST_TIMEOUT_MS = 11 * 60_000;
const HEADERS_TIMEOUT_MS = 30_000;
/** A query's input stands in the URL: 2,000 code points of Thai or emoji are up to 24 KB there. */
const MAX_HEADER_BYTES = 131_072;

/** Takes the port. The caller must add its request listener before it waits for anything else. */
export async function listen(at: { host: string; port: number }): Promise<Server> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
  });
  server.listen(at.port, at.host);
  await once(server, "listening");
  return server;
}

/** The port a listening server has. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

/** How a process on this machine reaches a server that listens on `host`. */
export function loopbackOrigin(host: string, port: number): string {
  const isAny = host === "0.0.0.0" || host === "::" || host === "localhost";
  return `http://${isAny ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
}
