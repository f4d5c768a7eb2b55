import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { useMemo } from "react";
import type { JobInput, Quote, Service } from "@ob/api";
import { refusalOf } from "../../shared/api/app-error.ts";
import { useIsSignedIn } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import { useDebounced } from "../../shared/lib/use-debounced.ts";
import { hasInstruction, type Draft } from "./draft.ts";

const ASK_AFTER_MS = 300;

export interface LiveQuote {
  /** What the button says: the server's price, or the catalogue's until it has answered. */
  readonly credits: number;
  readonly quote: Quote | null;
  readonly error: unknown;
  readonly isFetching: boolean;
}

/** The job's input as it stands, without what is not chosen. */
export function jobInput(o: {
  draft: Pick<Draft, "options" | "prompt" | "mode">;
  imageAssetId: string;
  maskAssetId: string | null;
}): JobInput {
  const { options, prompt, mode } = o.draft;
  return {
    imageAssetId: o.imageAssetId,
    ...(o.maskAssetId === null ? {} : { maskAssetId: o.maskAssetId }),
    ...(Object.keys(options).length === 0 ? {} : { options: { ...options } }),
    ...(prompt.trim() === "" ? {} : { prompt }),
    ...(mode === null ? {} : { mode }),
  };
}

/** Price and instruction of the job as it stands, asked again shortly after each change. */
export function useQuote(o: {
  service: Service;
  draft: Draft;
  imageAssetId: string | null;
  maskAssetId: string | null;
  isSelected: boolean;
}): LiveQuote {
  const { service, draft, imageAssetId, maskAssetId } = o;
  const isSignedIn = useIsSignedIn();
  const { options, prompt, mode } = draft;
  const isAskable = isSignedIn && imageAssetId !== null && o.isSelected && hasInstruction(draft);
  const input = useMemo(
    () =>
      isAskable && imageAssetId !== null
        ? jobInput({ draft: { options, prompt, mode }, imageAssetId, maskAssetId })
        : null,
    [isAskable, options, prompt, mode, imageAssetId, maskAssetId],
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
    // What was refused may have been mended since.
    error: asked === null || asked !== input ? null : query.error,
    isFetching: query.isFetching || asked !== input,
  };
}
