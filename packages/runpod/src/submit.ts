import { Buffer } from "node:buffer";

import { z } from "zod";

import type { AttemptRequest, SubmitOptions, SubmitOutcome } from "./backend.ts";
import type { Endpoint } from "./endpoint.ts";
import { send } from "./endpoint.ts";
import { InconclusiveAnswer } from "./errors.ts";
import { failedBeforeSend } from "./failed-before-send.ts";
import { isRunpodJobId } from "./job-id.ts";
import { parseJson, readBody } from "./read-body.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** Largest `/run` body RunPod takes, in bytes; the stricter reading of its "10 MB". */
export const MAX_RUN_BODY_BYTES = 10_000_000;

/** Answers after which the job is surely not queued. */
const REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 401, 403, 404, 413, 422, 429]);

const MAX_ANSWER_BYTES = 256_000;

const RunAnswer = z.object({ id: z.string().refine(isRunpodJobId) });

/** Sends one attempt with one request, never retried, and classifies what the answer proves. */
export async function submitAttempt(
  endpoint: Endpoint,
  attempt: AttemptRequest,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  const body = encodeRunBody(attempt);
  const bodyBytes = Buffer.byteLength(body);
  if (bodyBytes > MAX_RUN_BODY_BYTES) {
    return refused(413, `The request has ${bodyBytes} bytes; at most ${MAX_RUN_BODY_BYTES} fit.`);
  }
  // The timer starts before the question below, so a paused process cannot send late unnoticed.
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(endpoint.httpTimeoutMs)]);
  if (signal.aborted || options.onBeforeSend?.() === false) return refused(null, "never sent");
  try {
    const response = await send(endpoint, { method: "POST", path: "/run", body }, signal);
    return await classifyAnswer(endpoint, response);
  } catch (error) {
    if (failedBeforeSend(error)) return refused(null, "The connection could not be made.");
    return { kind: "unanswered", cause: error };
  }
}

/** The body of `POST /run` for worker-comfyui. @see https://docs.runpod.io/serverless/endpoints/send-requests */
export function encodeRunBody(attempt: AttemptRequest): string {
  return JSON.stringify({
    input: {
      workflow: attempt.graph,
      images: attempt.images.map(({ name, bytes }) => ({
        name,
        image: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
      })),
    },
    ...(attempt.webhookUrl === null ? {} : { webhook: attempt.webhookUrl }),
    policy: { executionTimeout: attempt.executionTimeoutMs, ttl: attempt.ttlMs },
  });
}

async function classifyAnswer(endpoint: Endpoint, response: Response): Promise<SubmitOutcome> {
  const { status } = response;
  if (REFUSING_STATUSES.has(status)) {
    const retryAfter = parseRetryAfter(response.headers.get("retry-after"), endpoint.now());
    await discard(response);
    return refused(status, `RunPod answered ${status} to /run.`, retryAfter);
  }
  if (!response.ok) {
    await discard(response);
    return inconclusive(status, `RunPod answered ${status} to /run.`);
  }
  const answer = RunAnswer.safeParse(parseJson(await readBody(response.body, MAX_ANSWER_BYTES)));
  if (!answer.success) return inconclusive(status, "RunPod answered /run without a job id.");
  return { kind: "accepted", runpodJobId: answer.data.id };
}

/** Frees the connection of an answer whose body does not matter; a failure to do so changes nothing. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

function refused(
  status: number | null,
  reason: string,
  retryAfterMs: number | null = null,
): SubmitOutcome {
  return { kind: "refused", status, reason, retryAfterMs };
}

function inconclusive(status: number, message: string): SubmitOutcome {
  return { kind: "unanswered", cause: new InconclusiveAnswer(message, status) };
}
