import { z } from "zod";
import { spawnChild } from "./spawn-child.ts";

/** Streams held open by a process of their own. */
export interface Subscribers {
  /** When data came to each stream since the last question, ns of the monotonic clock, by stream. */
  arrivals(): Promise<ReadonlyMap<number, readonly bigint[]>>;
  stop(): Promise<void>;
}

const Opened = z.object({ opened: z.number() });
const Arrivals = z.object({ arrivals: z.array(z.tuple([z.number(), z.array(z.string())])) });

/** Opens one stream per guest at our server: everything that concerns him. */
export function openSubscribers(url: string, count: number): Promise<Subscribers> {
  const search = encodeURIComponent("{}");
  return open({ signInAt: url, urls: [`${url}/api/trpc/jobs.onUpdate?input=${search}`], count });
}

/** Opens streams with the tokens given, one each. */
export function openSubscribersAs(
  streams: readonly { readonly url: string; readonly token: string | null }[],
): Promise<Subscribers> {
  return open({ streams, count: streams.length });
}

async function open(input: object): Promise<Subscribers> {
  const child = spawnChild("subscribers.ts");
  await child.ask("open", input, Opened);
  return {
    async arrivals() {
      const { arrivals } = await child.ask("arrivals", {}, Arrivals);
      return new Map(arrivals.map(([stream, times]) => [stream, times.map(BigInt)]));
    },
    stop: () => child.stop(),
  };
}
