import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import postgres from "postgres";
import { z } from "zod";
import { answerParent, settledMemory } from "./answer-parent.ts";

// The floor of streams: node's own HTTP, a line per event, nothing read and nothing kept.
const Start = z.object({ databaseUrl: z.string() });

const streams = new Map<string, ServerResponse>();
let sql: postgres.Sql | null = null;
let events = 0;

const server = createServer((request, response) => {
  const jobId = (request.url ?? "").slice(1);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.write("id: 0\ndata: {}\n\n");
  streams.set(jobId, response);
  response.once("close", () => streams.delete(jobId));
});

answerParent(
  {
    async start(input) {
      sql = postgres(Start.parse(input).databaseUrl, { max: 1, onnotice: () => {} });
      await sql.listen("bench_news", (jobId) => {
        events += 1;
        streams.get(jobId)?.write(`id: ${events}\ndata: ${JSON.stringify({ jobId })}\n\n`);
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("no port");
      return { port: address.port };
    },
    memory: settledMemory,
  },
  async () => {
    server.closeAllConnections();
    server.close();
    await sql?.end({ timeout: 1 });
  },
);
