import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

import { parseJson } from "../../read-body.ts";

/** A preview frame: a small JPEG of what a prompt looks like so far. */
export interface Preview {
  promptId: string;
  nodeId: string;
  jpeg: Uint8Array;
}

/** The websockets of one ComfyUI, one per client id: who connects again takes the place over. */
export interface SocketHub {
  /** Takes over an HTTP connection. `greet` gives the first messages. */
  accept(upgrade: Upgrade, greet: (clientId: string) => readonly Message[]): void;
  /** To one client; to everyone when `clientId` is null. */
  send(clientId: string | null, message: Message): void;
  sendPreview(clientId: string, preview: Preview): void;
  count(): number;
  /** Breaks every connection without a word. */
  drop(): void;
  stop(): void;
}

export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

export interface Message {
  type: string;
  data: object;
}

interface Client {
  socket: WebSocket;
  wantsMetadata: boolean;
}

const FeatureFlags = z.object({
  type: z.literal("feature_flags"),
  data: z.object({ supports_preview_metadata: z.boolean().default(false) }),
});

export function createSocketHub(newId: () => string): SocketHub {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  const clients = new Map<string, Client>();

  function open(socket: WebSocket, clientId: string): Client {
    const client: Client = { socket, wantsMetadata: false };
    clients.set(clientId, client);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (clients.get(clientId) === client) clients.delete(clientId);
    });
    socket.on("message", (raw) => {
      const flags = FeatureFlags.safeParse(parseJson(toText(raw)));
      if (!flags.success) return;
      client.wantsMetadata = flags.data.data.supports_preview_metadata;
      const data = { supports_preview_metadata: true, max_upload_size: 104_857_600 };
      socket.send(JSON.stringify({ type: "feature_flags", data }));
    });
    return client;
  }

  return {
    accept({ request, socket, head }, greet) {
      const url = new URL(request.url ?? "/", "http://localhost");
      const asked = url.searchParams.get("clientId") ?? "";
      const clientId = asked === "" ? newId() : asked;
      server.handleUpgrade(request, socket, head, (opened) => {
        const client = open(opened, clientId);
        for (const message of greet(clientId)) client.socket.send(JSON.stringify(message));
      });
    },
    send(clientId, message) {
      const text = JSON.stringify(message);
      const to = clientId === null ? [...clients.values()] : [clients.get(clientId)];
      for (const client of to) client?.socket.send(text);
    },
    sendPreview(clientId, preview) {
      const client = clients.get(clientId);
      client?.socket.send(client.wantsMetadata ? withMetadata(preview) : bare(preview));
    },
    count: () => clients.size,
    drop() {
      for (const { socket } of clients.values()) socket.terminate();
    },
    stop() {
      for (const { socket } of clients.values()) socket.terminate();
      server.close();
    },
  };
}

/** Event 1: the kind of picture (1 = JPEG) and its bytes. */
function bare({ jpeg }: Preview): Buffer {
  return Buffer.concat([uint32(1), uint32(1), jpeg]);
}

/** Event 4: the length of a JSON text, the text, and the picture. */
function withMetadata({ promptId, nodeId, jpeg }: Preview): Buffer {
  const metadata = Buffer.from(
    JSON.stringify({
      node_id: nodeId,
      prompt_id: promptId,
      display_node_id: nodeId,
      parent_node_id: null,
      real_node_id: nodeId,
      image_type: "image/jpeg",
    }),
  );
  return Buffer.concat([uint32(4), uint32(metadata.byteLength), metadata, jpeg]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function toText(raw: RawData): string {
  if (Array.isArray(raw)) return Buffer.concat(raw).toString("utf8");
  return Buffer.from(raw instanceof ArrayBuffer ? new Uint8Array(raw) : raw).toString("utf8");
}
