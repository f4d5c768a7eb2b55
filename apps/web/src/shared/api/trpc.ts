import { httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { AppRouter } from "@ob/api";
import type { ServerClock } from "./server-clock.ts";

/** Typed hooks over the server's procedures. */
export const trpc = createTRPCReact<AppRouter>();

export type TrpcClient = ReturnType<typeof trpc.createClient>;

/** The server refuses larger batches. */
const MAX_BATCH = 10;

/** Client of the API at `origin`; the session travels as a same-origin cookie. */
export function createTrpcClient(o: { origin: string; clock: ServerClock }): TrpcClient {
  const url = `${o.origin}/api/trpc`;
  return trpc.createClient({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({
          url,
          maxItems: MAX_BATCH,
          fetch: async (input, init) => {
            const response = await fetch(input, { ...init, signal: init?.signal ?? null });
            o.clock.note(response);
            return response;
          },
        }),
      }),
    ],
  });
}
