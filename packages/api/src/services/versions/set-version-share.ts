import { type Db, serviceShares } from "@ob/db";
import { sql } from "drizzle-orm";
import { shareOf } from "./choose-version.ts";
import type { ServiceContext } from "../context.ts";
import { readVersionShares } from "./read-version-shares.ts";

/** What came of it; anything but `set` changed nothing. */
export type ShareOutcome = "set" | "version-unknown" | "last-live-version";

/** A share as an operator sets it. */
export interface NewShare {
  /** Such as `qwen-image-edit@2`. */
  readonly version: string;
  /** 0 to 10,000; 0 withdraws it. */
  readonly basisPoints: number;
  /** Why; null = not said. */
  readonly note: string | null;
}

/** Sets which share of the owners gets a version for new jobs. Of a service one version stays live. */
export async function setVersionShare(
  { db, registry, now }: { db: Db } & Pick<ServiceContext, "registry" | "now">,
  { version, basisPoints, note }: NewShare,
): Promise<ShareOutcome> {
  const service = registry.version(version);
  if (service === null) return "version-unknown";
  return db.transaction(async (tx) => {
    // Two withdrawals at once must not each take the other's version for the live one.
    await tx.execute(sql`lock table ${serviceShares} in share row exclusive mode`);
    const shares = await readVersionShares(tx);
    const others = registry.versions.filter(
      (other) => other.id === service.id && other.version !== version,
    );
    const isOtherLive = others.some((other) => shareOf(shares, other.version) > 0);
    if (basisPoints === 0 && !isOtherLive) return "last-live-version";
    const row = { service: service.id, basisPoints, note, updatedAt: now() };
    await tx
      .insert(serviceShares)
      .values({ serviceVersion: version, ...row })
      .onConflictDoUpdate({ target: serviceShares.serviceVersion, set: row });
    return "set";
  });
}
