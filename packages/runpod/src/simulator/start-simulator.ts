import { randomUUID } from "node:crypto";
import { once } from "node:events";

import { createAdaptorServer } from "@hono/node-server";

import { createApp } from "./app.ts";
import { createBucket } from "./bucket.ts";
import { createSystemClock } from "./clock.ts";
import { EndpointQueue } from "./endpoint-queue.ts";
import { boundPort, httpOrigin, isLoopback } from "./listen-address.ts";
import type { Simulator, SimulatorOptions } from "./options.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createScenarioDesk } from "./scenario.ts";
import { createWebhookSender } from "./webhook.ts";
import { beginComfyJob } from "./worker/comfy-worker.ts";
import { InputFolder } from "./worker/input-folder.ts";

/**
 * Starts RunPod Serverless with worker-comfyui, simulated over real HTTP; all state is in memory.
 * @throws when `host` is not a loopback address or the port is taken
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const host = options.host ?? "127.0.0.1";
  if (!isLoopback(host)) throw new Error(`The simulator listens on loopback only, not on ${host}.`);
  const log = options.log ?? (() => undefined);
  const clock = options.clock ?? createSystemClock(options.timeScale ?? 1);
  const queues = new Map<string, EndpointQueue>();
  const folders = new Map<string, InputFolder>();
  let origin = "";
  const bucket = createBucket(randomUUID(), {
    origin: () => origin,
    queues: () => [...queues.values()],
  });
  const webhooks = createWebhookSender({ clock, fetch, log, linkTo: bucket.linkTo });

  function inputFolderOf(key: string): InputFolder {
    const folder = folders.get(key) ?? new InputFolder();
    folders.set(key, folder);
    return folder;
  }

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
      begin:
        options.handler ??
        ((input, folder) => beginComfyJob(input, { seed: options.seed, folder })),
      inputFolderOf: (workerId) =>
        inputFolderOf(options.sharedInput === true ? endpointId : `${endpointId}/${workerId}`),
      readsInputAfterMs: options.sharedInput === true ? options.gpuMs / 4 : 0,
      onStarted: (job) => webhooks.deliverEarly(job),
      onFinished: (job) => webhooks.deliver(job),
    });
    queues.set(endpointId, queue);
    return queue;
  }

  const app = createApp({
    queueOf,
    log,
    bucket,
    limits: createRateLimits(clock, options.limits ?? false),
    desk: createScenarioDesk(),
    queues: () => [...queues.values()],
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(options.port, host);
  await once(server, "listening");
  const port = boundPort(server.address());
  origin = httpOrigin(host, port);
  return {
    url: origin,
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
