import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";

import { parseJson } from "../read-body.ts";
import { MAX_RUN_BODY_BYTES } from "../submit.ts";
import type { EndpointQueue } from "./endpoint-queue.ts";
import { IS_LIVE } from "./job.ts";
import { viewJob } from "./job-view.ts";
import { receiveBody } from "./receive-body.ts";
import { readRunBody } from "./run-body.ts";
import { ControlBody, type ScenarioDesk } from "./scenario.ts";

export interface AppParts {
  /** The queue of an endpoint id, made on first use. */
  queueOf: (endpointId: string) => EndpointQueue;
  queues: () => readonly EndpointQueue[];
  desk: ScenarioDesk;
  log: (line: object) => void;
}

/** All routes: RunPod's under `/v2/<endpoint>`, the simulator's own under `/control`. */
export function createApp(parts: AppParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use("/v2/*", async (c, next) => {
    if (!/^Bearer \S+$/.test(c.req.header("authorization") ?? "")) {
      await receiveBody(c.req.raw, 0);
      return c.json({ error: "unauthorized" }, 401);
    }
    return next();
  });
  addRunRoute(app, parts);
  addJobRoutes(app, parts);
  addEndpointRoutes(app, parts);
  addControlRoutes(app, parts);
  return app;
}

type App = Hono<{ Bindings: HttpBindings }>;

function addRunRoute(app: App, { queueOf, desk, log }: AppParts): void {
  app.post("/v2/:endpoint/run", async (c) => {
    const body = await receiveBody(c.req.raw, MAX_RUN_BODY_BYTES);
    const plan = desk.take();
    if (plan.rateLimited) {
      log({ event: "run.rate-limited" });
      return c.json({ error: "too many requests" }, 429, { "retry-after": "1" });
    }
    if (body === null) return c.json({ error: "request body is too large" }, 413);
    const request = readRunBody(body);
    if (typeof request === "string") return c.json({ error: request }, 400);
    const job = queueOf(c.req.param("endpoint")).submit(request, plan);
    if (plan.dropAnswer) {
      log({ event: "run.answer-dropped", id: job.id });
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    return c.json({ id: job.id, status: job.status });
  });
}

function addJobRoutes(app: App, { queueOf }: AppParts): void {
  const notFound = { error: "job not found" };
  app.get("/v2/:endpoint/status/:id", (c) => {
    const job = queueOf(c.req.param("endpoint")).find(c.req.param("id"));
    if (job === null) return c.json(notFound, 404);
    if (!IS_LIVE[job.status]) job.collected = true;
    return c.json(viewJob(job));
  });
  app.post("/v2/:endpoint/cancel/:id", (c) => {
    const queue = queueOf(c.req.param("endpoint"));
    const job = queue.find(c.req.param("id"));
    if (job === null) return c.json(notFound, 404);
    queue.cancel(job);
    return c.json({ id: job.id, status: job.status });
  });
  app.post("/v2/:endpoint/retry/:id", (c) => {
    const queue = queueOf(c.req.param("endpoint"));
    const job = queue.find(c.req.param("id"));
    if (job === null) return c.json(notFound, 404);
    if (!queue.retry(job)) return c.json({ error: `cannot retry a ${job.status} job` }, 400);
    return c.json({ id: job.id, status: job.status });
  });
}

function addEndpointRoutes(app: App, { queueOf }: AppParts): void {
  app.post("/v2/:endpoint/purge-queue", (c) => {
    const removed = queueOf(c.req.param("endpoint")).purge();
    return c.json({ removed, status: "completed" });
  });
  app.get("/v2/:endpoint/health", (c) => {
    const count = queueOf(c.req.param("endpoint")).count();
    const jobs = {
      completed: count.COMPLETED,
      failed: count.FAILED,
      inProgress: count.IN_PROGRESS,
      inQueue: count.IN_QUEUE,
      retried: count.RETRIED,
    };
    const idle = count.FREE_WORKERS;
    const running = count.IN_PROGRESS;
    const workers = { idle, initializing: 0, ready: idle, running, throttled: 0, unhealthy: 0 };
    return c.json({ jobs, workers });
  });
}

function addControlRoutes(app: App, { desk, queues, log }: AppParts): void {
  app.post("/control", async (c) => {
    const body = ControlBody.safeParse(parseJson(await c.req.text()));
    if (!body.success) return c.json({ error: "bad scenario" }, 400);
    desk.set(body.data);
    log({ event: "control.set", ...body.data });
    return c.json(body.data);
  });
  app.get("/control/jobs", (c) => c.json(queues().flatMap((queue) => queue.truth())));
}
