import type { ServiceContext } from "@ob/api";

/** A lease that is kept alive. */
export interface HeldLease {
  /** Aborted once somebody else may have the job. */
  readonly lost: AbortSignal;
  /** From then on anybody may claim the job. */
  heldUntil(): Date;
  /** Stops renewing; the lease itself ends with the job's next schedule. */
  release(): Promise<void>;
}

/** Renews a claimed job's lease until released. A lease that cannot be renewed in its time counts as lost. */
export function holdLease(
  ctx: Pick<ServiceContext, "rows" | "now" | "log" | "gpuSettings">,
  { jobId, leaseOwner }: { jobId: string; leaseOwner: string },
): HeldLease {
  const { leaseMs, leaseRenewMs } = ctx.gpuSettings;
  const lost = new AbortController();
  let heldUntilMs = ctx.now().getTime() + leaseMs;
  let renewing: Promise<void> | null = null;

  async function renew(): Promise<void> {
    const now = ctx.now();
    try {
      if (await ctx.rows.renewLease({ jobId, leaseOwner, leaseMs, now })) {
        heldUntilMs = now.getTime() + leaseMs;
      } else {
        lost.abort();
      }
    } catch (cause) {
      ctx.log.warn("driver.lease-not-renewed", { jobId, cause });
      if (ctx.now().getTime() >= heldUntilMs) lost.abort();
    }
  }

  const timer = setInterval(() => {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
  }, leaseRenewMs);
  return {
    lost: lost.signal,
    heldUntil: () => new Date(heldUntilMs),
    async release() {
      clearInterval(timer);
      await renewing;
    },
  };
}
