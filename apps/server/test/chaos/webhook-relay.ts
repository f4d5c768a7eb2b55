import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { trusted } from "../support/trusted.ts";

/** A webhook on its way. */
export interface Ring {
  readonly path: string;
  readonly body: string;
}

/** What becomes of it. */
export interface RingPlan {
  /** Null = what the studio answers to the first delivery. */
  readonly answer: 200 | 502 | null;
  readonly deliveries: readonly { readonly afterMs: number; readonly body: string }[];
}

/** Stands between the GPU side's webhooks and the studio, where they are lost, repeated and forged. */
export interface WebhookRelay {
  readonly origin: string;
  /** Everything that came, in order. */
  readonly rings: readonly Ring[];
  plan(next: (ring: Ring) => RingPlan): void;
  /** Sends one, whatever the plan. @returns the studio's status; null = nobody answered */
  send(ring: Ring): Promise<number | null>;
  stop(): Promise<void>;
}

/** A webhook that simply arrives. */
export const PASSED = (ring: Ring): RingPlan => ({
  answer: null,
  deliveries: [{ afterMs: 0, body: ring.body }],
});

/** Starts it; `origin` of the studio is asked for each time. */
export async function startWebhookRelay(studio: () => string): Promise<WebhookRelay> {
  const rings: Ring[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let plan: (ring: Ring) => RingPlan = PASSED;

  async function send({ path, body }: Ring): Promise<number | null> {
    try {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${studio()}${path}`, { method: "POST", headers, body });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const ring = { path: request.url ?? "/", body: Buffer.concat(chunks).toString() };
      rings.push(ring);
      const { answer, deliveries } = plan(ring);
      const now = deliveries.filter(({ afterMs }) => afterMs === 0);
      for (const { afterMs, body } of deliveries) {
        if (afterMs === 0) continue;
        const timer = setTimeout(() => {
          timers.delete(timer);
          void send({ path: ring.path, body });
        }, afterMs);
        timers.add(timer);
      }
      void Promise.all(now.map(({ body }) => send({ path: ring.path, body }))).then(([first]) => {
        response.writeHead(answer ?? first ?? 502).end();
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server has an address with a port.
  const { port } = trusted<AddressInfo>(server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    rings,
    plan(next) {
      plan = next;
    },
    send,
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
