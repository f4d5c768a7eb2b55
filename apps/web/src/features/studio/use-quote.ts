import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Quote, Service } from "@ob/api";
import { refusalOf } from "../../shared/api/app-error.ts";
import { useIsSignedIn } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import { useDebounced } from "../../shared/lib/use-debounced.ts";
import { hasInstruction, type DraftSettings } from "./draft-settings.ts";
import { jobInput, type JobAssets } from "./job-input.ts";

const ASK_AFTER_MS = 300;

export interface LiveQuote {
  /** What the button says: the server's price, or the catalogue's until it has answered. */
  readonly credits: number;
  readonly quote: Quote | null;
  /** The version the price is for. */
  readonly serviceVersion: string;
  readonly error: unknown;
  readonly isFetching: boolean;
}

/** Price and instruction of the job as it stands, asked again shortly after each change. */
export function useQuote(o: {
  service: Service;
  settings: DraftSettings;
  /** Null = not all pictures are with the server yet, or nothing is selected. */
  assets: JobAssets | null;
}): LiveQuote {
  const { service, assets } = o;
  const isSignedIn = useIsSignedIn();
  const { options, prompt, mode, ratio, params } = o.settings;
  const isAskable = isSignedIn && hasInstruction(o.settings, service);
  const input = useMemo(
    () =>
      isAskable && assets !== null
        ? jobInput({ options, prompt, mode, ratio, params }, assets)
        : null,
    [isAskable, options, prompt, mode, ratio, params, assets],
  );
  const asked = useDebounced(input, ASK_AFTER_MS);
  const query = trpc.jobs.quote.useQuery(
    asked === null ? skipToken : { service: service.id, input: asked },
    {
      placeholderData: keepPreviousData,
      staleTime: 60_000,
      retry: (count, error) => count < 2 && refusalOf(error) === null,
    },
  );
  const chosen = service.modes.find(({ id }) => id === mode) ?? service.modes[0];
  const isCurrent = asked === input && query.isFetched && !query.isPlaceholderData;
  const quote = asked === null || input === null ? null : (query.data ?? null);
  return {
    credits: isCurrent && quote !== null ? quote.credits : (chosen?.credits ?? 0),
    quote,
    serviceVersion: isCurrent && quote !== null ? quote.serviceVersion : service.version,
    // What was refused may have been mended since.
    error: asked === null || asked !== input ? null : query.error,
    isFetching: query.isFetching || asked !== input,
  };
}
