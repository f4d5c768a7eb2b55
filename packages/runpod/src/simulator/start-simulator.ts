import { randomUUID } from "node:crypto";
import { once } from "node:events";

import { createAdaptorServer } from "@hono/node-server";

import { createApp } from "./app.ts";
import { createSystemClock } from "./clock.ts";
import { EndpointQueue } from "./endpoint-queue.ts";
import { boundPort, httpOrigin, isLoopback } from "./listen-address.ts";
import type { Simulator, SimulatorOptions } from "./options.ts";
import { createScenarioDesk } from "./scenario.ts";
import { createWebhookSender } from "./webhook.ts";
import { beginComfyJob } from "./worker/comfy-worker.ts";

/**
 * Starts RunPod Serverless with worker-comfyui, simulated over real HTTP; all state is in memory.
 * @throws when `host` is not a loopback address or the port is taken
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const host = options.host ?? "127.0.0.1";
  if (!isLoopback(host)) throw new Error(`The simulator listens on loopback only, not on ${host}.`);
  const log = options.log ?? (() => undefined);
  const clock = options.clock ?? createSystemClock(options.timeScale ?? 1);
  const webhooks = createWebhookSender({ clock, fetch, log });
  const queues = new Map<string, EndpointQueue>();

  function queueOf(endpointId: string): EndpointQueue {
    const known = queues.get(endpointId);
    if (known !== undefined) return known;
    const queue = new EndpointQueue({
      clock,
      log,
      gpuMs: options.gpuMs,
      queueMs: options.queueMs,
      workers: options.workers,
      newId: () => `${randomUUID()}-e1`,
      begin: options.handler ?? ((input) => beginComfyJob(input, options.seed)),
      onFinished: (job) => webhooks.deliver(job),
    });
    queues.set(endpointId, queue);
    return queue;
  }

  const app = createApp({
    queueOf,
    log,
    desk: createScenarioDesk(),
    queues: () => [...queues.values()],
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(options.port, host);
  await once(server, "listening");
  const port = boundPort(server.address());
  return {
    url: httpOrigin(host, port),
    port,
    async stop() {
      webhooks.stop();
      for (const queue of queues.values()) queue.stop();
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}
