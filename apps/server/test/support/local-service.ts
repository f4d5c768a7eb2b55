import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { trusted } from "./trusted.ts";

/** How the service answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP service on loopback that answers as told, and remembers what it was asked. */
export interface LocalService {
  readonly url: string;
  readonly asked: { path: string; headers: IncomingMessage["headers"]; body: string }[];
  answers(next: Answer): void;
  stop(): Promise<void>;
}

export async function startLocalService(first: Answer): Promise<LocalService> {
  let answer = first;
  const asked: LocalService["asked"] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      asked.push({ path: request.url ?? "", headers: request.headers, body });
      answer(request, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server has an address with a port.
  const { port } = trusted<AddressInfo>(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answers(next) {
      answer = next;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export function json(status: number, body: string): Answer {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };
}

/** A chat completion as an OpenAI-compatible service says it. */
export function completion(content: unknown): string {
  return JSON.stringify({ choices: [{ message: { role: "assistant", content } }] });
}
