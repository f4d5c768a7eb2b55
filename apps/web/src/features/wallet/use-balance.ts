import type { Balance } from "@ob/api";
import { useIsSignedIn } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";

/** Credits one can use and credits held for jobs on their way; null before the first upload or the answer. */
export function useBalance(): Balance | null {
  const isSignedIn = useIsSignedIn();
  const query = trpc.credits.balance.useQuery(undefined, {
    enabled: isSignedIn,
    staleTime: 10_000,
  });
  return isSignedIn ? (query.data ?? null) : null;
}
