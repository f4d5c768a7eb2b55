import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { jobs, openDb, type DbConnection } from "@ob/db";
import { initTRPC, tracked } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { z } from "zod";
import { answerParent, settledMemory } from "./answer-parent.ts";
import { createNews } from "./news.ts";

// The peer of our streams: a tRPC subscription as its documentation writes one, on the same HTTP
// stack. It re-reads one row per event, and knows no owners, places in a queue or lost events.
const Start = z.object({ databaseUrl: z.string() });

let connection: DbConnection | null = null;
const news = createNews();

const t = initTRPC.create({ sse: { ping: { enabled: true, intervalMs: 15_000 } } });
const router = t.router({
  onUpdate: t.procedure.input(z.object({ jobId: z.uuid() })).subscription(async function* ({
    input,
    signal,
  }) {
    const bell = news.listen(input.jobId);
    try {
      for (;;) {
        const rows =
          (await connection?.db.select().from(jobs).where(eq(jobs.id, input.jobId))) ?? [];
        const row = rows[0];
        if (row !== undefined) yield tracked(String(row.lastSeq), row);
        await bell.next(signal ?? new AbortController().signal);
        if (signal?.aborted === true) return;
      }
    } finally {
      bell.close();
    }
  }),
});

const app = new Hono();
app.all("/api/trpc/*", (c) =>
  fetchRequestHandler({ endpoint: "/api/trpc", router, req: c.req.raw }),
);
const serve = getRequestListener(app.fetch);
const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));

answerParent(
  {
    async start(input) {
      const { databaseUrl } = Start.parse(input);
      connection = openDb({ url: databaseUrl, poolSize: 12, applicationName: "ob-bench-stock" });
      await connection.sql.listen("bench_news", (jobId) => news.ring(jobId));
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
    await connection?.close(1_000);
  },
);
