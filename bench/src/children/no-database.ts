import { createServer } from "node:http";
import { once } from "node:events";
import { getRequestListener } from "@hono/node-server";
import { CreateJobInputSchema } from "@ob/api";
import { initTRPC } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { Hono } from "hono";
import { answerParent } from "./answer-parent.ts";

// The peer of creating a job: the same call with the same input and an answer of the same size, on
// the same HTTP stack, without authentication, rules or database.
const t = initTRPC.create();
const router = t.router({
  jobs: t.router({
    create: t.procedure.input(CreateJobInputSchema).mutation(({ input }) => ({
      id: input.requestId,
      service: input.service,
      serviceVersion: `${input.service}@1`,
      status: "queued",
      stage: "waiting",
      progress: null,
      queuePosition: 1,
      etaSeconds: { low: 5, high: 20 },
      credits: 3,
      cancelRequested: false,
      refundedCredits: 0,
      retryOf: null,
      error: null,
      result: null,
      input: input.input,
      createdAt: new Date(0).toISOString(),
      updatedAt: new Date(0).toISOString(),
      finishedAt: null,
    })),
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
    async start() {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("no port");
      return { port: address.port };
    },
  },
  async () => {
    server.closeAllConnections();
    server.close();
  },
);
