import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";

/** An answer of a server made for one test; a body that is no text is sent as JSON. */
export interface PlainAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** Starts an HTTP server that answers as told, and ends it with the test. @returns its origin */
export async function answerAs(answer: (request: IncomingMessage) => PlainAnswer): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const { status = 200, body } = answer(request);
    response.statusCode = status;
    response.setHeader("content-type", typeof body === "string" ? "text/html" : "application/json");
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it has no port");
  return `http://127.0.0.1:${address.port}`;
}
