import type { Clock } from "./clock.ts";
import type { SimulatedJob } from "./job.ts";
import { type JobView, viewJob } from "./job-view.ts";
import type { LinkTo } from "./output-form.ts";
import { readRunInput } from "./run-body.ts";

const TRIES = 3;
const RETRY_AFTER_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;
/** Long after the job was collected some other way. */
const LATE_MS = 60_000;

export interface WebhookSender {
  /** Starts delivering what the job ended with, as its plan says; never throws. */
  deliver(job: SimulatedJob): void;
  /** Says FAILED of a job that runs, if its plan says so; never throws. */
  deliverEarly(job: SimulatedJob): void;
  stop(): void;
}

export interface WebhookSenderOptions {
  clock: Clock;
  fetch: typeof fetch;
  log: (line: object) => void;
  linkTo: (jobId: string) => LinkTo;
}

/**
 * Sends webhooks as RunPod does: unsigned, the whole input and the URL echoed in the body,
 * until the receiver answers 200, at most 3 times and 10 s apart.
 * @see https://docs.runpod.io/serverless/endpoints/send-requests#webhook-notifications
 */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { clock, log } = options;
  const stopped = new AbortController();
  const retries = new Set<() => void>();

  async function attempt(delivery: Delivery, number: number): Promise<void> {
    const status = await post(options.fetch, delivery, stopped.signal);
    if (stopped.signal.aborted) return;
    const isDelivered = status === 200;
    log({ event: "webhook.sent", id: delivery.jobId, attempt: number, status });
    if (isDelivered || number === TRIES) return;
    const cancel = clock.after(RETRY_AFTER_MS, () => {
      retries.delete(cancel);
      void attempt(delivery, number + 1);
    });
    retries.add(cancel);
    log({ event: "webhook.retry-planned", id: delivery.jobId, attempt: number + 1 });
  }

  /** Waits for the next job's webhook, to come after it. */
  const heldBack: (() => void)[] = [];

  function start(delivery: Delivery, copies: number): void {
    const sent: Promise<void>[] = [];
    for (let copy = 0; copy < copies; copy += 1) sent.push(attempt(delivery, 1));
    const overtaken = heldBack.splice(0);
    void Promise.all(sent).then(() => {
      for (const startHeldBack of overtaken) startHeldBack();
    });
  }

  function startLate(run: () => void): void {
    const cancel = clock.after(LATE_MS, () => {
      retries.delete(cancel);
      run();
    });
    retries.add(cancel);
  }

  return {
    deliver(job) {
      const delivery = toDelivery(job, viewJob(job, options.linkTo(job.id)));
      if (delivery === null) return;
      const { webhookDeliveries: copies, webhookTiming } = job.plan;
      if (webhookTiming === "behind next") heldBack.push(() => start(delivery, copies));
      else if (webhookTiming === "late") startLate(() => start(delivery, copies));
      else start(delivery, copies);
    },
    deliverEarly(job) {
      if (!job.plan.failsWebhookEarly) return;
      const delivery = toDelivery(job, { id: job.id, status: "FAILED", error: "not true" });
      if (delivery !== null) start(delivery, 1);
    },
    stop() {
      stopped.abort();
      for (const cancel of retries) cancel();
    },
  };
}

interface Delivery {
  jobId: string;
  url: string;
  body: string;
}

function toDelivery(job: SimulatedJob, view: JobView): Delivery | null {
  const url = job.request?.webhookUrl ?? null;
  if (job.request === null || url === null || job.plan.webhookDeliveries === 0) return null;
  const body =
    job.plan.webhookBody === "null"
      ? null
      : { ...view, input: readRunInput(job.request.raw), webhook: url };
  return { jobId: job.id, url, body: JSON.stringify(body) };
}

/** The receiver's status; `null` when there was no answer. */
async function post(
  doFetch: typeof fetch,
  delivery: Delivery,
  stopped: AbortSignal,
): Promise<number | null> {
  try {
    const response = await doFetch(delivery.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: delivery.body,
      redirect: "manual",
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
