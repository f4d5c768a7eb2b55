import { I18nProvider } from "@lingui/react";
import type { I18n } from "@lingui/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import type { ReactNode } from "react";
import { refusalOf } from "../shared/api/app-error.ts";
import { ClockContext } from "../shared/api/clock-context.tsx";
import { createServerClock, type ServerClock } from "../shared/api/server-clock.ts";
import { SessionContext } from "../shared/api/session-context.tsx";
import { createSession, type Session } from "../shared/api/session.ts";
import { createTrpcClient, trpc, type TrpcClient } from "../shared/api/trpc.ts";
import { KvContext } from "../shared/lib/kv-context.tsx";
import type { KvStore } from "../shared/lib/kv-store.ts";

/** Everything the pages are given. */
export interface AppServices {
  readonly i18n: I18n;
  readonly client: TrpcClient;
  readonly queryClient: QueryClient;
  readonly session: Session;
  readonly kv: KvStore;
  readonly clock: ServerClock;
}

/** Builds the API client, the cache and the session of one page. */
export function createAppServices(o: {
  origin: string;
  storage: Storage;
  i18n: I18n;
  kv: KvStore;
}): AppServices {
  const clock = createServerClock(Date.now);
  const client = createTrpcClient({ origin: o.origin, clock });
  const session = createSession({
    origin: o.origin,
    storage: o.storage,
    fetch: (...request) => fetch(...request),
    probe: () =>
      client.credits.balance.query().then(
        () => true,
        () => false,
      ),
  });
  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (refusalOf(error)?.code === "AUTH_REQUIRED") session.forget();
      },
    }),
    defaultOptions: {
      queries: { retry: (count, error) => count < 2 && refusalOf(error) === null },
    },
  });
  // Who is known may be given another version of a service than a stranger.
  session.subscribe(
    () => void queryClient.invalidateQueries({ queryKey: getQueryKey(trpc.services.list) }),
  );
  return { i18n: o.i18n, client, queryClient, session, kv: o.kv, clock };
}

export function Providers({
  services: { i18n, client, queryClient, session, kv, clock },
  children,
}: {
  services: AppServices;
  children: ReactNode;
}) {
  return (
    <I18nProvider i18n={i18n}>
      <trpc.Provider client={client} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>
          <SessionContext value={session}>
            <KvContext value={kv}>
              <ClockContext value={clock}>{children}</ClockContext>
            </KvContext>
          </SessionContext>
        </QueryClientProvider>
      </trpc.Provider>
    </I18nProvider>
  );
}
