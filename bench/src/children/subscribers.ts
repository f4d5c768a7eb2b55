import { Agent, type ClientRequest, get, type IncomingMessage } from "node:http";
import { z } from "zod";
import { inBatches, signIn } from "../world/open-guest.ts";
import { answerParent } from "./answer-parent.ts";

const Open = z.union([
  /** One guest each, signed in here. */
  z.object({ signInAt: z.string(), urls: z.tuple([z.string()]), count: z.number() }),
  z.object({ streams: z.array(z.object({ url: z.string(), token: z.string().nullable() })) }),
]);

interface Stream {
  readonly url: string;
  readonly token: string | null;
}

const AT_ONCE = 16;

const agent = new Agent({ maxSockets: Infinity, keepAlive: false });
const requests: ClientRequest[] = [];
const arrivals = new Map<number, string[]>();

/** Opens one stream and waits for its first bytes; a stream that breaks ends this process. */
function openStream(n: number, { url, token }: Stream): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { accept: "text/event-stream" };
    if (token !== null) headers["authorization"] = `Bearer ${token}`;
    const request = get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`stream ${n} was answered ${response.statusCode}`));
        return;
      }
      readEvents(response, () => note(n));
      response.once("data", () => resolve());
    });
    request.once("error", reject);
    requests.push(request);
  });
}

function note(n: number): void {
  const times = arrivals.get(n) ?? [];
  arrivals.set(n, times);
  times.push(process.hrtime.bigint().toString());
}

/** Calls `onData` at each event that carries data of its own: pings and tRPC's greeting do not count. */
function readEvents(response: IncomingMessage, onData: () => void): void {
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (/^id: ?/m.test(event)) onData();
    }
  });
}

answerParent(
  {
    async open(input) {
      const asked = Open.parse(input);
      const streams =
        "streams" in asked
          ? asked.streams
          : await inBatches({ count: asked.count, atOnce: AT_ONCE }, async () => ({
              url: asked.urls[0],
              token: await signIn(asked.signInAt),
            }));
      await inBatches({ count: streams.length, atOnce: AT_ONCE }, async (n) => {
        const stream = streams[n];
        if (stream !== undefined) await openStream(n, stream);
      });
      return { opened: streams.length };
    },
    async arrivals() {
      const given = [...arrivals];
      arrivals.clear();
      return { arrivals: given };
    },
  },
  async () => {
    for (const request of requests) request.destroy();
  },
);
