import { createContext, use, useSyncExternalStore } from "react";
import type { Session } from "./session.ts";

export const SessionContext = createContext<Session | null>(null);

/** @throws {Error} outside the app's providers. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("no session provider");
  return session;
}

/** True once this browser has a guest session; queries of one's own things wait for it. */
export function useIsSignedIn(): boolean {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.isSignedIn);
}
