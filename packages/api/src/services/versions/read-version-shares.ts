import { type Db, serviceShares } from "@ob/db";
import type { VersionShares } from "./choose-version.ts";

/** The shares as the operator left them. */
export async function readVersionShares(db: Pick<Db, "select">): Promise<VersionShares> {
  const rows = await db
    .select({ version: serviceShares.serviceVersion, basisPoints: serviceShares.basisPoints })
    .from(serviceShares);
  return new Map(rows.map((row) => [row.version, row.basisPoints]));
}
