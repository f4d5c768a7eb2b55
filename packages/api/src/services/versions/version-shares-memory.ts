import type { VersionShares } from "./choose-version.ts";

/** The operator's shares as they were read a moment ago, so that not every look at a price reads them anew. */
export interface VersionSharesMemory {
  recall(now: Date): Promise<VersionShares>;
}

/**
 * Makes one that remembers for `freshMs`; 0 = reads each time. What is withdrawn meanwhile is refused
 * where the job is stored.
 */
export function createVersionSharesMemory({
  read,
  freshMs,
}: {
  readonly read: () => Promise<VersionShares>;
  readonly freshMs: number;
}): VersionSharesMemory {
  let kept: { readonly untilMs: number; readonly shares: Promise<VersionShares> } | null = null;
  return {
    recall(now) {
      if (kept !== null && now.getTime() < kept.untilMs) return kept.shares;
      const entry = { untilMs: now.getTime() + freshMs, shares: read() };
      kept = entry;
      entry.shares.catch(() => {
        if (kept === entry) kept = null;
      });
      return entry.shares;
    },
  };
}
