import { createHash } from "node:crypto";
import { bindWebhookJob, type ServiceContext } from "@ob/api";
import { attemptWakeV1, type WokenAttempt } from "@ob/db";
import { readWebhookId } from "./read-webhook-id.ts";

const SECOND_RING_MS = 1_000;
/** For asking RunPod about the id a webhook named. */
const BIND_WITHIN_MS = 30_000;

export interface WebhookOptions {
  readonly services: ServiceContext;
  /** Runs `task` after a while, unless the process drains first. */
  readonly later: (ms: number, task: () => Promise<void>) => void;
}

/**
 * RunPod rings: whoever knows the token of an attempt makes its job due now. Nothing of the body is
 * believed; of an attempt whose submit was never answered its `id` is asked about at RunPod.
 * False = no attempt has this token.
 */
export async function ringRunpodBell(
  options: WebhookOptions,
  request: { token: string; body: AsyncIterable<Uint8Array> | null },
): Promise<boolean> {
  const { services, later } = options;
  const { token, body } = request;
  if (!/^[A-Za-z0-9_-]{20,100}$/.test(token)) return false;
  services.failpoint("webhook.received");
  const tokenSha256 = createHash("sha256").update(token).digest("hex");
  const woken = await attemptWakeV1(services.sql, { tokenSha256, now: services.now() });
  if (woken === null) return false;
  services.log.info("webhook.rang", { jobId: woken.jobId, attemptId: woken.attemptId });
  services.driveSoon(woken.jobId);
  const runpodJobId = await readWebhookId(body);
  if (!woken.hasRunpodJobId) {
    // The bell may have been faster than the answer to our submit: by then that is likely in.
    later(SECOND_RING_MS, () => ringAgain(services, { tokenSha256, runpodJobId }));
  }
  return true;
}

async function ringAgain(
  services: ServiceContext,
  { tokenSha256, runpodJobId }: { tokenSha256: string; runpodJobId: string | null },
): Promise<void> {
  const now = services.now();
  const woken: WokenAttempt | null = await attemptWakeV1(services.sql, { tokenSha256, now });
  if (woken === null) return;
  services.driveSoon(woken.jobId);
  if (woken.hasRunpodJobId || runpodJobId === null) return;
  const { attemptId } = woken;
  const signal = AbortSignal.timeout(BIND_WITHIN_MS);
  await bindWebhookJob(services, { attemptId, runpodJobId }, signal);
}
