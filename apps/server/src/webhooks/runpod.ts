import { createHash } from "node:crypto";
import type { ServiceContext } from "@ob/api";
import { attemptWakeV1 } from "@ob/db";

const SECOND_RING_MS = 1_000;

export interface WebhookOptions {
  readonly services: ServiceContext;
  /** Runs `task` after a while, unless the process drains first. */
  readonly later: (ms: number, task: () => Promise<void>) => void;
}

/**
 * RunPod rings: whoever knows the token of an attempt makes its job due now. Nothing of the body is
 * believed, so nothing of it is read. False = no attempt has this token.
 */
export async function ringRunpodBell(options: WebhookOptions, token: string): Promise<boolean> {
  const { services } = options;
  if (!/^[A-Za-z0-9_-]{20,100}$/.test(token)) return false;
  const tokenSha256 = createHash("sha256").update(token).digest("hex");
  const woken = await attemptWakeV1(services.sql, { tokenSha256, now: services.now() });
  if (woken === null) return false;
  services.log.info("webhook.rang", { jobId: woken.jobId, attemptId: woken.attemptId });
  services.driveSoon(woken.jobId);
  if (!woken.hasRunpodJobId) {
    // The bell was faster than the answer to our submit: ring again when that is likely in.
    options.later(SECOND_RING_MS, async () => {
      await attemptWakeV1(services.sql, { tokenSha256, now: services.now() });
      services.driveSoon(woken.jobId);
    });
  }
  return true;
}
