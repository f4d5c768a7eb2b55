import { Buffer } from "node:buffer";

import { z } from "zod";

import type { AttemptRequest, SubmitOptions, SubmitOutcome } from "./backend.ts";
import type { Endpoint } from "./endpoint.ts";
import { beginExchange, send } from "./endpoint.ts";
import { InconclusiveAnswer } from "./errors.ts";
import { failedBeforeSend } from "./failed-before-send.ts";
import { isRunpodJobId } from "./job-id.ts";
import { readFailedAnswer } from "./read-failed-answer.ts";
import { readJson } from "./read-json.ts";
import { refused, REFUSING_STATUSES } from "./refused.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** Largest `/run` body RunPod takes, in bytes; the stricter reading of its "10 MB". */
export const MAX_RUN_BODY_BYTES = 10_000_000;

const MAX_ANSWER_BYTES = 256_000;

const RunAnswer = z.object({ id: z.string().refine(isRunpodJobId) });

/** One job for `/run`. */
export interface Run {
  /** The body as it is sent. */
  encoded: string;
  /** What it was encoded from, for the record of a failure. */
  meant: unknown;
  filePrefix: string;
}

/** Sends one attempt to a worker-comfyui endpoint; as `postRun`. */
export function submitAttempt(
  endpoint: Endpoint,
  attempt: AttemptRequest,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  const run = { encoded: encodeRunBody(attempt), meant: attempt, filePrefix: attempt.filePrefix };
  return postRun(endpoint, run, options);
}

/** Sends one job with one request, never retried, and classifies what the answer proves. */
export async function postRun(
  endpoint: Endpoint,
  run: Run,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  const request = {
    operation: "submit",
    method: "POST",
    path: "/run",
    body: run.encoded,
    meant: run.meant,
    filePrefix: run.filePrefix,
  } as const;
  const bodyBytes = Buffer.byteLength(run.encoded);
  if (bodyBytes > MAX_RUN_BODY_BYTES) {
    const reason = `The request has ${bodyBytes} bytes; at most ${MAX_RUN_BODY_BYTES} fit.`;
    const record = beginExchange(endpoint, request);
    record.check("request size", false, reason);
    record.failed({ cause: "too-large" });
    return refused(413, reason);
  }
  // The timer starts before the question below, so a paused process cannot send late unnoticed.
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(endpoint.httpTimeoutMs)]);
  if (signal.aborted || options.onBeforeSend?.() === false) return refused(null, "never sent");
  try {
    return await classifyAnswer(endpoint, await send(endpoint, request, signal));
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

async function classifyAnswer(
  endpoint: Endpoint,
  { response, record }: Awaited<ReturnType<typeof send>>,
): Promise<SubmitOutcome> {
  const { status } = response;
  if (!response.ok) {
    await readFailedAnswer(response, record);
    record.failed();
    if (!REFUSING_STATUSES.has(status)) {
      return inconclusive(status, `RunPod answered ${status} to /run.`);
    }
    const retryAfter = parseRetryAfter(response.headers.get("retry-after"), endpoint.now());
    return refused(status, `RunPod answered ${status} to /run.`, retryAfter);
  }
  const answer = RunAnswer.safeParse(await readJson(response, record, MAX_ANSWER_BYTES));
  const hasId = record.check("schema", answer.success, "an object with a job id is expected");
  if (hasId && answer.success) return { kind: "accepted", runpodJobId: answer.data.id };
  record.failed();
  return inconclusive(status, "RunPod answered /run without a job id.");
}

function inconclusive(status: number, message: string): SubmitOutcome {
  return { kind: "unanswered", cause: new InconclusiveAnswer(message, status) };
}
