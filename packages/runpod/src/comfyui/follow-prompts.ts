import { WebSocket } from "undici";

import type { ComfyuiServer } from "./comfyui-server.ts";
import type { PromptNotes } from "./prompt-notes.ts";
import { readBinaryFrame, readTextFrame } from "./socket-message.ts";

/** The one websocket of a backend, open while a prompt of ours may send frames. */
export interface PromptFollower {
  /** Connects when there is something to follow, lets go when there is not. */
  refresh(): void;
  isConnected(): boolean;
  close(): void;
}

export interface FollowOptions {
  server: ComfyuiServer;
  notes: PromptNotes;
  /** ComfyUI sends a prompt's frames to the client that queued it, and to nobody else. */
  clientId: string;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Previews name their prompt only for clients that ask for it. */
const HELLO = JSON.stringify({
  type: "feature_flags",
  data: { supports_preview_metadata: true },
});

/**
 * Follows ComfyUI's websocket into the notes. It breaks and comes back as it likes: every report
 * does without it.
 */
export function followPrompts({ server, notes, clientId }: FollowOptions): PromptFollower {
  const url = `${server.url.replace(/^http/, "ws")}/ws?clientId=${encodeURIComponent(clientId)}`;
  const closed = new AbortController();
  let socket: WebSocket | null = null;
  let failures = 0;
  let isWaiting = false;

  function connect(): void {
    const opened = new WebSocket(url, { headers: { ...server.headers } });
    opened.binaryType = "arraybuffer";
    socket = opened;
    opened.addEventListener("open", () => {
      failures = 0;
      opened.send(HELLO);
    });
    opened.addEventListener("message", ({ data }: { data: unknown }) => {
      const message =
        typeof data === "string"
          ? readTextFrame(data)
          : data instanceof ArrayBuffer
            ? readBinaryFrame(new Uint8Array(data))
            : null;
      if (message === null) return;
      notes.hear(message);
      refresh();
    });
    opened.addEventListener("close", ({ code }) => {
      if (socket !== opened) return;
      socket = null;
      failures += 1;
      // Told once per outage; a socket that only broke is back at once.
      if (failures === 2) recordOutage(server, { url, code });
      void reconnectLater();
    });
    // A close follows every error.
    opened.addEventListener("error", () => undefined);
  }

  async function reconnectLater(): Promise<void> {
    if (isWaiting || !notes.isAnyAlive()) return;
    isWaiting = true;
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 8));
    try {
      await server.sleep(waitMs * (0.5 + server.random() / 2), closed.signal);
    } catch {
      return;
    } finally {
      isWaiting = false;
    }
    refresh();
  }

  function letGo(): void {
    const held = socket;
    socket = null;
    held?.close();
  }

  function refresh(): void {
    if (closed.signal.aborted) return;
    if (!notes.isAnyAlive()) letGo();
    else if (socket === null && !isWaiting) connect();
  }

  return {
    refresh,
    isConnected: () => socket?.readyState === WebSocket.OPEN,
    close() {
      closed.abort();
      letGo();
    },
  };
}

function recordOutage(server: ComfyuiServer, o: { url: string; code: number }): void {
  const record = server.recorder.begin({
    operation: "follow",
    method: "GET",
    url: o.url,
    headers: { ...server.headers, upgrade: "websocket" },
  });
  record.check("websocket", false, `it closed with code ${o.code}, twice in a row`);
  record.failed({ cause: "connection-lost" });
}
