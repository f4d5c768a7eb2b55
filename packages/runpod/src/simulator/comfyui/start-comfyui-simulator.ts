import { LEAST_COMFYUI_VERSION } from "../../comfyui/least-version.ts";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import { createAdaptorServer } from "@hono/node-server";
import sharp from "sharp";

import { createSystemClock } from "../clock.ts";
import { boundPort, httpOrigin, isLoopback } from "../listen-address.ts";
import { createComfyuiApp } from "./app.ts";
import { FileStore } from "./file-store.ts";
import {
  createMishapDesk,
  PLAIN_PROMPT,
  type ComfyuiControl,
  type Incident,
  type MishapDesk,
} from "./mishaps.ts";
import type { ComfyuiSimulator, ComfyuiSimulatorOptions } from "./options.ts";
import { createPrompt } from "./prompt.ts";
import { PromptQueue } from "./prompt-queue.ts";
import { createSocketHub, type SocketHub, type Upgrade } from "./socket-hub.ts";

const HISTORY_SIZE = 10_000;

/**
 * Starts a ComfyUI, simulated over real HTTP and websocket; all state is in memory.
 * @throws when `host` is not a loopback address or the port is taken
 */
export async function startComfyuiSimulator(
  options: ComfyuiSimulatorOptions,
): Promise<ComfyuiSimulator> {
  const host = options.host ?? "127.0.0.1";
  if (!isLoopback(host)) throw new Error(`The simulator listens on loopback only, not on ${host}.`);
  const clock = options.clock ?? createSystemClock(options.timeScale ?? 1);
  const authorization = options.authorization ?? null;
  const hub = createSocketHub(randomUUID);
  const files = new FileStore();
  const desk = createMishapDesk();
  const log = options.log ?? (() => undefined);
  const queue = new PromptQueue({
    clock,
    files,
    hub,
    log,
    gpuMs: options.gpuMs,
    queueMs: options.queueMs ?? 0,
    interruptMs: options.interruptMs ?? 0,
    historySize: options.historySize ?? HISTORY_SIZE,
    seed: options.seed,
    preview: options.previews === true ? await makePreview() : null,
  });
  const strangers = { queue, newId: randomUUID, clock };
  const control = (asked: ComfyuiControl): void => {
    const incident = desk.set(asked);
    if (incident !== null) happen(incident, { ...strangers, hub, files, times: asked.times });
    log({ event: "control.set", ...asked });
  };
  const app = createComfyuiApp({
    queue,
    files,
    desk,
    clock,
    authorization,
    control,
    log,
    newId: randomUUID,
    version: options.version ?? LEAST_COMFYUI_VERSION,
    interruptsAnything: options.interruptsAnything ?? false,
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    upgrade({ request, socket, head }, { hub, queue, desk, authorization }),
  );
  server.listen(options.port, host);
  await once(server, "listening");
  const port = boundPort(server.address());
  return {
    url: httpOrigin(host, port),
    port,
    control,
    truth: () => queue.truth(),
    sockets: () => hub.count(),
    async stop() {
      queue.stop();
      hub.stop();
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

function happen(
  incident: Incident,
  o: Parameters<typeof queueStranger>[0] & { hub: SocketHub; files: FileStore; times: number },
): void {
  switch (incident) {
    case "restart":
      o.queue.restart();
      o.hub.drop();
      return;
    case "drop-sockets":
      o.hub.drop();
      return;
    case "forget-history":
      o.queue.forgetHistory("all");
      return;
    case "lose-files":
      o.files.clear("output");
      return;
    case "foreign":
      for (let n = 0; n < o.times; n += 1) queueStranger(o);
      return;
  }
}

/** A prompt of somebody else who uses the same ComfyUI, say through its page. */
function queueStranger(o: {
  queue: PromptQueue;
  newId: () => string;
  clock: ReturnType<typeof createSystemClock>;
}): void {
  const graph = { "9": { class_type: "PreviewImage", inputs: { images: ["1", 0] } } };
  const extraData = { client_id: "somebody-else", extra_pnginfo: { workflow: { nodes: [] } } };
  const plan = PLAIN_PROMPT;
  const item = [o.queue.nextNumber(), o.newId(), graph, extraData, ["9"]] as const;
  o.queue.put(createPrompt(item, { plan, isForeign: true, clock: o.clock }));
}

function upgrade(
  request: Upgrade,
  o: { hub: SocketHub; queue: PromptQueue; desk: MishapDesk; authorization: string | null },
): void {
  const { pathname } = new URL(request.request.url ?? "/", "http://localhost");
  const { authorization } = request.request.headers;
  const isKnown = o.authorization === null || authorization === o.authorization;
  const isAllowed = isKnown && !o.desk.takeSocket();
  if ((pathname !== "/ws" && pathname !== "/api/ws") || !isAllowed) {
    request.socket.end(`HTTP/1.1 ${isAllowed ? "404 Not Found" : "401 Unauthorized"}\r\n\r\n`);
    return;
  }
  o.hub.accept(request, (sid) => {
    const status = { exec_info: { queue_remaining: o.queue.remaining() } };
    const running = o.queue.runningOf(sid);
    return [
      { type: "status", data: { status, sid } },
      ...(running === null || running.node === null
        ? []
        : [{ type: "executing", data: { node: running.node } }]),
    ];
  });
}

function makePreview(): Promise<Uint8Array> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: "#557799" } })
    .jpeg()
    .toBuffer();
}
