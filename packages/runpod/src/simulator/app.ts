import { once } from "node:events";

import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";

import { parseJson } from "../read-body.ts";
import { MAX_RUN_BODY_BYTES } from "../submit.ts";
import { answerRunBadly, IS_QUEUED } from "./answer-run.ts";
import type { Bucket } from "./bucket.ts";
import type { EndpointQueue } from "./endpoint-queue.ts";
import { IS_LIVE } from "./job.ts";
import { readStatus } from "./job-view.ts";
import type { RateLimits } from "./rate-limits.ts";
import { receiveBody } from "./receive-body.ts";
import { readRunBody } from "./run-body.ts";
import { ControlBody, LimitsBody, type ScenarioDesk } from "./scenario.ts";

export interface AppParts {
  /** The queue of an endpoint id, made on first use. */
  queueOf: (endpointId: string) => EndpointQueue;
  queues: () => readonly EndpointQueue[];
  desk: ScenarioDesk;
  limits: RateLimits;
  bucket: Bucket;
  log: (line: object) => void;
}

/** All routes: RunPod's under `/v2/<endpoint>`, the simulator's own under `/control`. */
export function createApp(parts: AppParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use("/v2/:endpoint/:operation/:id?", async (c, next) => {
    const end = parts.limits.begin(c.req.param("endpoint"), c.req.param("operation"));
    if (end === null) {
      await receiveBody(c.req.raw, 0);
      return c.json({ error: "too many requests" }, 429, { "retry-after": "1" });
    }
    try {
      return await next();
    } finally {
      end();
    }
  });
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
    const isQueued = plan.answer === null || IS_QUEUED[plan.answer];
    const job = isQueued ? queueOf(c.req.param("endpoint")).submit(request, plan) : null;
    if (plan.answer !== null || job === null) {
      log({ event: "run.answered-badly", id: job?.id ?? null, answer: plan.answer });
      const answer = plan.answer === null ? null : answerRunBadly(plan.answer, job);
      return answer ?? hang(c.env.outgoing);
    }
    if (plan.dropAnswer) {
      log({ event: "run.answer-dropped", id: job.id });
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    return c.json({ id: job.id, status: job.status });
  });
}

/** Keeps the connection without a word until the other side gives it up. */
async function hang(outgoing: HttpBindings["outgoing"]): Promise<typeof RESPONSE_ALREADY_SENT> {
  if (!outgoing.destroyed) await once(outgoing, "close");
  return RESPONSE_ALREADY_SENT;
}

function addJobRoutes(app: App, { queueOf, bucket }: AppParts): void {
  const notFound = { error: "job not found" };
  app.get("/v2/:endpoint/status/:id", (c) => {
    const job = queueOf(c.req.param("endpoint")).find(c.req.param("id"));
    if (job === null) return c.json(notFound, 404);
    if (!IS_LIVE[job.status]) job.collected = true;
    const { status, body } = readStatus(job, bucket.linkTo(job.id));
    return c.json(body, status);
  });
  app.get("/bucket/:job/:file", (c) =>
    bucket.answer(c.req.param("job"), c.req.param("file"), c.req.query("X-Amz-Signature")),
  );
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

function addControlRoutes(app: App, { desk, queues, limits, log }: AppParts): void {
  app.post("/control", async (c) => {
    const json = parseJson(await c.req.text());
    const wanted = LimitsBody.safeParse(json);
    if (wanted.success) {
      limits.enforce(wanted.data.limits);
      log({ event: "control.limits", ...wanted.data });
      return c.json(wanted.data);
    }
    const body = ControlBody.safeParse(json);
    if (!body.success) return c.json({ error: "bad scenario" }, 400);
    desk.set(body.data);
    log({ event: "control.set", ...body.data });
    return c.json(body.data);
  });
  app.get("/control/stats", (c) => c.json({ requests: limits.counts() }));
  app.get("/control/jobs", (c) => c.json(queues().flatMap((queue) => queue.truth())));
}
