import { jobs, serviceShares } from "@ob/db";
import { count, isNull } from "drizzle-orm";
import { WHOLE_SHARE } from "./choose-version.ts";
import type { ServiceContext } from "../context.ts";

/** A service version as an operator sees it. */
export interface VersionReport {
  readonly version: string;
  readonly service: string;
  /** 0 to 100, of the owners; 0 = withdrawn. */
  readonly percent: number;
  readonly isLive: boolean;
  /** Jobs that have not ended. */
  readonly openJobs: number;
  /** The operator's last words on it; null = none. */
  readonly note: string | null;
  /** When its share was set; null = never: everybody gets it. */
  readonly updatedAt: Date | null;
}

/** Every version this program knows, in the order of release, with its share. */
export async function listVersions({
  db,
  registry,
}: Pick<ServiceContext, "db" | "registry">): Promise<VersionReport[]> {
  const rows = await db.select().from(serviceShares);
  const open = await db
    .select({ version: jobs.serviceVersion, jobs: count() })
    .from(jobs)
    .where(isNull(jobs.finishedAt))
    .groupBy(jobs.serviceVersion);
  return registry.versions.map(({ id, version }) => {
    const row = rows.find(({ serviceVersion }) => serviceVersion === version);
    const basisPoints = row?.basisPoints ?? WHOLE_SHARE;
    return {
      version,
      service: id,
      percent: (basisPoints / WHOLE_SHARE) * 100,
      isLive: basisPoints > 0,
      openJobs: open.find((each) => each.version === version)?.jobs ?? 0,
      note: row?.note ?? null,
      updatedAt: row?.updatedAt ?? null,
    };
  });
}
