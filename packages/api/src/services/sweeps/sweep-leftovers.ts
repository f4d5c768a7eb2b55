import type { ServiceContext } from "../context.ts";

/** No attempt lives as long; what is older nobody waits for. */
const LEFTOVER_AGE_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SWEEP_TIMEOUT_MS = 60_000;

/**
 * Once an hour, by the clock: lets every GPU side delete what attempts left there more than a day ago.
 * A side that cannot be asked keeps no other from being swept.
 * @param now when the run of sweeps began
 * @returns how many files
 */
export async function sweepLeftovers(ctx: ServiceContext, now = ctx.now()): Promise<number> {
  const nowMs = now.getTime();
  // The sweeps run every minute; listing a volume is dear.
  if (nowMs % HOUR_MS >= MINUTE_MS) return 0;
  const before = new Date(nowMs - LEFTOVER_AGE_MS);
  let swept = 0;
  for (const { backend } of ctx.gpus.sides) {
    try {
      swept += (await backend.sweep?.(before, AbortSignal.timeout(SWEEP_TIMEOUT_MS))) ?? 0;
    } catch (cause) {
      ctx.log.warn("gpu.leftovers-not-swept", { backend: backend.name, cause });
    }
  }
  return swept;
}
