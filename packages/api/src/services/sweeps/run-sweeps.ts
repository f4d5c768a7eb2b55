import type { ServiceContext } from "../context.ts";
import { sweepIncidents } from "../operations/sweep-incidents.ts";
import { eraseObjects } from "./erase-objects.ts";
import { sweepAssets } from "./sweep-assets.ts";
import { sweepLeftovers } from "./sweep-leftovers.ts";
import { sweepOrphans } from "./sweep-orphans.ts";
import { sweepRows } from "./sweep-rows.ts";
import { sweepUploads } from "./sweep-uploads.ts";
import { wakeStuck } from "./wake-stuck.ts";

const BATCH = 500;
/** Of one of 256 slices: five million objects of each kind altogether. */
const ORPHAN_PAGES = 40;

/** Everything that is done now and then. One sweep that fails does not keep the others from running. */
export async function runSweeps(ctx: ServiceContext): Promise<void> {
  // Two go by the clock: what those before them take must not carry them past their turn.
  const now = ctx.now();
  const sweeps = {
    stuck: () => wakeStuck(ctx, { limit: BATCH }),
    uploads: () => sweepUploads(ctx, { limit: BATCH }),
    // Before the objects, so that what it gives up goes at once.
    assets: () => sweepAssets(ctx, { limit: BATCH }),
    orphans: () => sweepOrphans(ctx, { pages: ORPHAN_PAGES, now }),
    objects: () => eraseObjects(ctx, { limit: BATCH }),
    leftovers: () => sweepLeftovers(ctx, now),
    rows: () => sweepRows(ctx),
    incidents: () => sweepIncidents(ctx),
  };
  for (const [sweep, run] of Object.entries(sweeps)) {
    try {
      await run();
    } catch (cause) {
      ctx.log.error("sweep.failed", { sweep, cause });
    }
  }
}
