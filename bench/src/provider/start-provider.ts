import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { randomUUID } from "node:crypto";
import { createTurnstile, type Operation, type Turnstile } from "./limits.ts";
import { type ProviderRun, readRun, viewRun } from "./provider-run.ts";

/** How a provider behaves; may be changed at any time. */
export interface ProviderBehaviour {
  /** Runs end by themselves this long after they came; null = they wait for `complete`. */
  gpuMs: number | null;
  /** RunPod's limits are enforced with 429. */
  limited: boolean;
}

/**
 * A RunPod endpoint without pictures, cheap enough to be in no figure: `/run`, `/status`, `/cancel`
 * and `/health` over real HTTP.
 */
export interface Provider {
  /** RunPod's base URL. */
  readonly baseUrl: string;
  readonly behaviour: ProviderBehaviour;
  readonly turnstiles: Readonly<Record<Operation, Turnstile>>;
  /** When each accepted submit came, ms of `performance.now()`. */
  readonly acceptedAtMs: readonly number[];
  /** Resolves to the next run that comes. */
  nextRun(): Promise<ProviderRun>;
  /** Nobody listens any more: connections are refused. */
  leave(): Promise<void>;
  /** Listens again, at the same address. */
  comeBack(): Promise<void>;
  /** Ends a run well and sends no webhook. */
  complete(run: ProviderRun): void;
  /** Sends the webhook of a run. @returns the status of the answer */
  ring(run: ProviderRun): Promise<number>;
  stop(): Promise<void>;
}

type Runs = ReturnType<typeof createRuns>;

/** Starts it on a free port of loopback. */
export async function startProvider(behaviour: ProviderBehaviour): Promise<Provider> {
  const limited = () => behaviour.limited;
  const turnstiles = {
    run: createTurnstile("run", limited),
    status: createTurnstile("status", limited),
    cancel: createTurnstile("cancel", limited),
  };
  const runs = createRuns(behaviour);
  const server = createServer((request, response) => {
    const arrivedNs = process.hrtime.bigint();
    answer({ turnstiles, runs, arrivedNs }, request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, 0);
  return {
    baseUrl: `http://127.0.0.1:${port}/v2`,
    behaviour,
    turnstiles,
    acceptedAtMs: runs.acceptedAtMs,
    nextRun: runs.next,
    complete: runs.complete,
    ring: runs.ring,
    leave: () => leave(server),
    comeBack: async () => void (await listen(server, port)),
    async stop() {
      runs.endTimers();
      await leave(server);
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the provider has no port");
  return address.port;
}

async function leave(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

function createRuns(behaviour: ProviderBehaviour) {
  const byId = new Map<string, ProviderRun>();
  const waiting: ((run: ProviderRun) => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const acceptedAtMs: number[] = [];

  const complete = (run: ProviderRun) => {
    if (run.status === "IN_QUEUE") run.status = "COMPLETED";
  };

  async function ring(run: ProviderRun): Promise<number> {
    if (run.webhookUrl === null) throw new Error("the run has no webhook");
    const body = JSON.stringify({ id: run.id, status: run.status });
    const headers = { "content-type": "application/json" };
    const answered = await fetch(run.webhookUrl, { method: "POST", headers, body });
    await answered.arrayBuffer();
    return answered.status;
  }

  function endLater(run: ProviderRun, gpuMs: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      complete(run);
      // A bell nobody hears is what polling is for.
      void ring(run).catch(() => {});
    }, gpuMs);
    timers.add(timer);
  }

  return {
    byId,
    acceptedAtMs,
    complete,
    ring,
    add(run: ProviderRun) {
      byId.set(run.id, run);
      acceptedAtMs.push(performance.now());
      waiting.shift()?.(run);
      if (behaviour.gpuMs !== null) endLater(run, behaviour.gpuMs);
    },
    next: () => new Promise<ProviderRun>((resolve) => waiting.push(resolve)),
    endTimers() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

interface Asked {
  readonly turnstiles: Readonly<Record<Operation, Turnstile>>;
  readonly runs: Runs;
  readonly arrivedNs: bigint;
}

async function answer(
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readText(request);
  // /v2/<endpoint>/<operation>/<id>
  const [, , , operation, id = ""] = (request.url ?? "").split("/");
  if (operation === "health") return send(response, 200, HEALTH);
  if (operation !== "run" && operation !== "status" && operation !== "cancel") {
    return send(response, 404, { error: "not found" });
  }
  const leave = asked.turnstiles[operation].enter();
  if (leave === null) return send(response, 429, { error: "too many requests" });
  response.once("close", leave);
  const known = asked.runs.byId.get(id);
  if (operation === "run") return accept(asked, body, response);
  if (known === undefined) return send(response, 404, { error: "job not found" });
  if (operation === "cancel" && known.status === "IN_QUEUE") known.status = "CANCELLED";
  return send(response, 200, viewRun(known));
}

function accept({ runs, arrivedNs }: Asked, body: string, response: ServerResponse): void {
  const run = readRun(body, { id: `${randomUUID()}-e1`, arrivedNs });
  if (run === null) return send(response, 400, { error: "no workflow with an output" });
  runs.add(run);
  send(response, 200, { id: run.id, status: run.status });
}

const HEALTH = {
  jobs: { completed: 0, failed: 0, inProgress: 0, inQueue: 0, retried: 0 },
  workers: { idle: 1, initializing: 0, ready: 1, running: 0, throttled: 0, unhealthy: 0 },
} as const;

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  const body: AsyncIterable<Buffer> = request;
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
