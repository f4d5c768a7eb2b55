import { createHash } from "node:crypto";
import { bindWebhookJob, type ServiceContext } from "@ob/api";
import type { WokenAttempt } from "@ob/db";
import { discardBody } from "../http/discard-body.ts";
import { boundedBody } from "./bounded-body.ts";
import { readWebhookId } from "./read-webhook-id.ts";

const SECOND_RING_MS = 1_000;
/** For asking RunPod about the id a webhook named. */
const BIND_WITHIN_MS = 30_000;
/** For the rest of a body whose sender has its answer. */
const BODY_WITHIN_MS = 30_000;

export interface WebhookOptions {
  readonly services: ServiceContext;
  /** Runs `task` after a while, unless the process drains first. */
  readonly later: (ms: number, task: () => Promise<void>) => void;
}

/**
 * RunPod rings: whoever knows the token of an attempt makes its job due now. Nothing of the body is
 * believed; of an attempt whose submit was never answered its `id` is asked about at RunPod.
 * Resolves once the wake is committed; the body, which echoes the whole input, is read on without
 * anybody waiting for it. False = no attempt has this token.
 */
export async function ringRunpodBell(
  options: WebhookOptions,
  request: { token: string; body: ReadableStream<Uint8Array> | null },
): Promise<boolean> {
  const { services, later } = options;
  const { token } = request;
  const body = boundedBody(request.body, AbortSignal.timeout(BODY_WITHIN_MS));
  const woken = await wakeByToken(services, token).catch((cause: unknown) => {
    discard(body);
    throw cause;
  });
  if (woken === null || woken.attempt.hasRunpodJobId) discard(body);
  if (woken === null) return false;
  const { attempt, tokenSha256 } = woken;
  services.log.info("webhook.rang", { jobId: attempt.jobId, attemptId: attempt.attemptId });
  services.driveSoon(attempt.jobId);
  if (!attempt.hasRunpodJobId) {
    const reading = readWebhookId(body).catch(() => null);
    // The bell may have been faster than the answer to our submit: by then that is likely in.
    later(SECOND_RING_MS, async () =>
      ringAgain(services, { tokenSha256, runpodJobId: await reading }),
    );
  }
  return true;
}

async function wakeByToken(
  services: ServiceContext,
  token: string,
): Promise<{ attempt: WokenAttempt; tokenSha256: string } | null> {
  if (!/^[A-Za-z0-9_-]{20,100}$/.test(token)) return null;
  services.failpoint("webhook.received");
  const tokenSha256 = createHash("sha256").update(token).digest("hex");
  const attempt = await services.rows.wakeByToken({ tokenSha256, now: services.now() });
  return attempt === null ? null : { attempt, tokenSha256 };
}

/** A sender that is still sending when its connection closes may take our answer for lost. */
function discard(body: AsyncIterable<Uint8Array> | null): void {
  discardBody(body).catch(() => {});
}

async function ringAgain(
  services: ServiceContext,
  { tokenSha256, runpodJobId }: { tokenSha256: string; runpodJobId: string | null },
): Promise<void> {
  const now = services.now();
  const woken: WokenAttempt | null = await services.rows.wakeByToken({ tokenSha256, now });
  if (woken === null) return;
  services.driveSoon(woken.jobId);
  if (woken.hasRunpodJobId || runpodJobId === null) return;
  const { attemptId } = woken;
  const signal = AbortSignal.timeout(BIND_WITHIN_MS);
  await bindWebhookJob(services, { attemptId, runpodJobId }, signal);
}
