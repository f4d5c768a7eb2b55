import { type Db, serviceShares } from "@ob/db";
import type { VersionShares } from "./choose-version.ts";

/** The shares as the operator left them; read anew each time, so that a withdrawal holds at once. */
export async function readVersionShares(db: Pick<Db, "select">): Promise<VersionShares> {
  const rows = await db
    .select({ version: serviceShares.serviceVersion, basisPoints: serviceShares.basisPoints })
    .from(serviceShares);
  return new Map(rows.map((row) => [row.version, row.basisPoints]));
}
