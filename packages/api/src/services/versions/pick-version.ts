import type { GpuService } from "@ob/workflow";
import { AppError } from "../../domain/app-error.ts";
import { chooseVersion, shareOf } from "./choose-version.ts";
import type { CallerContext } from "../context.ts";
import { readVersionShares } from "./read-version-shares.ts";

/** Which version of a service is wanted. */
export interface VersionWish {
  /** The service's id. */
  readonly service: string;
  /** The version a quote named: that or none. */
  readonly quoted?: string | undefined;
  /** Rather this one, as long as it is live. */
  readonly preferred?: string | undefined;
}

/**
 * The service version a caller's new job gets.
 * @throws {AppError} SERVICE_UNKNOWN; PRICE_CHANGED when the quoted version takes no new jobs
 */
export async function pickVersion(
  { services, ownerId }: CallerContext,
  wish: VersionWish,
): Promise<GpuService> {
  const { registry } = services;
  if (registry.current(wish.service) === null) {
    throw new AppError("SERVICE_UNKNOWN", { field: "service" });
  }
  // A share that ended a moment ago is refused where the job is stored.
  const shares = await services.versionShares.recall("all", {
    now: services.now(),
    read: () => readVersionShares(services.db),
  });
  const live = (version: string | undefined): GpuService | null => {
    const found = version === undefined ? null : registry.version(version);
    if (found === null || found.id !== wish.service) return null;
    return shareOf(shares, found.version) > 0 ? found : null;
  };
  if (wish.quoted !== undefined) {
    const quoted = live(wish.quoted);
    if (quoted === null) throw new AppError("PRICE_CHANGED", { field: "quotedServiceVersion" });
    return quoted;
  }
  const ofService = registry.versions.filter(({ id }) => id === wish.service);
  const chosen = live(wish.preferred) ?? chooseVersion(ofService, shares, ownerId);
  if (chosen === null) throw new AppError("SERVICE_UNKNOWN", { field: "service" });
  return chosen;
}
