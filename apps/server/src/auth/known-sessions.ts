import { LRUCache } from "lru-cache";
import type { Session } from "./create-auth.ts";

/** How long a session that was looked up is believed, ms. */
const BELIEVED_MS = 10_000;
const MOST_KNOWN = 10_000;

/** Sessions looked up lately, so that a page's next calls cost no statement. */
export interface KnownSessions {
  /**
   * The session of a credential: as it was found lately, or as `ask` finds it now.
   * @param credential the signed token, as the caller sent it
   */
  lookUp(credential: string, ask: () => Promise<Session | null>): Promise<Session | null>;
  /** Believes nothing of before any more: somebody signs out. */
  forgetAll(): void;
}

export interface KnownSessionsOptions {
  /** Monotonic, ms. @default performance.now */
  readonly nowMs?: () => number;
}

/**
 * Makes one that knows nothing. A sign-out holds at once in the process that carried it out, and at
 * other replicas within ten seconds.
 */
export function createKnownSessions({ nowMs }: KnownSessionsOptions = {}): KnownSessions {
  const known = new LRUCache<string, Session>({
    max: MOST_KNOWN,
    ttl: BELIEVED_MS,
    // Exact: the clock is read at each look-up.
    ttlResolution: 0,
    ...(nowMs === undefined ? {} : { perf: { now: nowMs } }),
  });
  /** A page asks for several things at once: they wait for one look-up. */
  let underWay = new Map<string, Promise<Session | null>>();
  return {
    async lookUp(credential, ask) {
      const found = known.get(credential) ?? underWay.get(credential);
      if (found !== undefined) return found;
      const asking = ask();
      const begun = underWay.set(credential, asking);
      try {
        const session = await asking;
        // One that was extended brings a cookie, to be sent once. One that was asked for while somebody
        // signed out may be the one that ended.
        const isPlain = session !== null && session.setCookies.length === 0;
        if (isPlain && begun === underWay) known.set(credential, session);
        return session;
      } finally {
        begun.delete(credential);
      }
    },
    forgetAll() {
      underWay = new Map();
      known.clear();
    },
  };
}
