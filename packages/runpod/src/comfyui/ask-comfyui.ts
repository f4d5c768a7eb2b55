import { GpuUnauthorized, GpuUnavailable } from "../errors.ts";
import type { ExchangeOperation } from "../exchange.ts";
import { BodyTooLarge } from "../read-body.ts";
import { readFailedAnswer } from "../read-failed-answer.ts";
import { readJson } from "../read-json.ts";
import type { ExchangeRecord } from "../record-exchange.ts";
import { parseRetryAfter } from "../retry-after.ts";
import { retryQuestion, type TryOutcome } from "../retry-question.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";

/** Room for a queue of hundreds of graphs, and for `/object_info` with custom nodes. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface ComfyuiRequest {
  operation: ExchangeOperation;
  method: "GET" | "POST";
  path: string;
  /** Sent as JSON, or as a form. */
  body?: object;
  /** Says what a form was, for the record of a failure. */
  meant?: unknown;
  filePrefix?: string;
  runpodJobId?: string;
}

export interface ComfyuiQuestion<T> extends ComfyuiRequest {
  /** Takes what is wanted from a 2xx answer; `null` when it is something else. */
  take: (response: Response, record: ExchangeRecord) => Promise<T | null>;
}

export type ComfyuiAnswer<T> = { kind: "read"; value: T } | { kind: "not-found" };

/** Takes a 2xx answer's JSON through a parser that answers `null` when the shape is another. */
export function takeJson<T>(parse: (json: unknown, record: ExchangeRecord) => T | null) {
  return async (response: Response, record: ExchangeRecord): Promise<T | null> =>
    parse(await readJson(response, record, MAX_ANSWER_BYTES), record);
}

/** Takes any 2xx answer: what it did is asked for elsewhere. */
export async function takeNothing(response: Response): Promise<true> {
  await response.body?.cancel();
  return true;
}

/**
 * Asks a question that is safe to repeat, as `retryQuestion`.
 * @throws {GpuUnavailable} | {GpuUnauthorized} on 401 and 403
 */
export function askComfyui<T>(
  server: ComfyuiServer,
  question: ComfyuiQuestion<T>,
  signal: AbortSignal,
): Promise<ComfyuiAnswer<T>> {
  return retryQuestion(server, (budget) => tryOnce(server, question, budget), signal);
}

/**
 * As `askComfyui`, asked once: repeating it could do something else than was meant.
 * @throws {GpuUnavailable} also when it may have been done
 */
export async function askComfyuiOnce<T>(
  server: ComfyuiServer,
  question: ComfyuiQuestion<T>,
  signal: AbortSignal,
): Promise<ComfyuiAnswer<T>> {
  const budget = AbortSignal.any([signal, AbortSignal.timeout(server.httpTimeoutMs)]);
  const outcome = await tryOnce(server, question, budget);
  if (outcome.kind === "answered") return outcome.answer;
  signal.throwIfAborted();
  throw outcome.error;
}

/** As `askComfyui`, where only a wrong address can answer 404. @throws {GpuUnauthorized} then, too */
export async function askKnownRoute<T>(
  server: ComfyuiServer,
  question: ComfyuiQuestion<T>,
  signal: AbortSignal,
): Promise<T> {
  const answer = await askComfyui(server, question, signal);
  if (answer.kind === "read") return answer.value;
  const route = question.path.split("?")[0];
  throw new GpuUnauthorized(`404 to ${route}: no ComfyUI is at its address.`, 404);
}

/** Makes exactly one request. Redirects are not followed: pictures go to no third party. */
export async function sendToComfyui(
  server: ComfyuiServer,
  request: ComfyuiRequest,
  signal: AbortSignal,
): Promise<{ response: Response; record: ExchangeRecord }> {
  const { method, body } = request;
  const isForm = body instanceof FormData;
  const encoded = body === undefined || isForm ? null : JSON.stringify(body);
  const headers = {
    ...server.headers,
    ...(encoded === null ? {} : { "content-type": "application/json" }),
  };
  const record = server.recorder.begin({
    operation: request.operation,
    method,
    url: server.url + request.path,
    headers,
    body: request.meant ?? (isForm ? null : (body ?? null)),
    encodedBody: encoded,
    filePrefix: request.filePrefix ?? null,
    runpodJobId: request.runpodJobId ?? null,
  });
  try {
    const response = await server.fetch(server.url + request.path, {
      method,
      headers,
      redirect: "manual",
      signal,
      ...(body === undefined ? {} : { body: isForm ? body : (encoded ?? "") }),
    });
    record.answered(response);
    return { response, record };
  } catch (error) {
    const isGivenUp = error instanceof Error && error.name === "AbortError";
    // A question its caller gave up asking has not failed; a submit may have arrived all the same.
    if (request.operation === "submit" || !isGivenUp) record.failed({ error });
    throw error;
  }
}

async function tryOnce<T>(
  server: ComfyuiServer,
  question: ComfyuiQuestion<T>,
  budget: AbortSignal,
): Promise<TryOutcome<ComfyuiAnswer<T>>> {
  try {
    const { response, record } = await sendToComfyui(server, question, budget);
    if (response.ok) return await takeAnswer(question, response, record);
    const { status } = response;
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), server.now());
    await readFailedAnswer(response, record);
    record.failed();
    if (status === 404) return { kind: "answered", answer: { kind: "not-found" } };
    if (status === 401 || status === 403) {
      throw new GpuUnauthorized(`${status}: ComfyUI's proxy refuses our credentials.`, status);
    }
    const error = new GpuUnavailable(`ComfyUI answered ${status}.`, { status, retryAfterMs });
    return { kind: "failed", error, again: status === 429 || status >= 500 };
  } catch (cause) {
    if (cause instanceof GpuUnauthorized) throw cause;
    const again = !(cause instanceof BodyTooLarge);
    const error = new GpuUnavailable("ComfyUI did not answer.", { cause });
    return { kind: "failed", error, again };
  }
}

async function takeAnswer<T>(
  question: ComfyuiQuestion<T>,
  response: Response,
  record: ExchangeRecord,
): Promise<TryOutcome<ComfyuiAnswer<T>>> {
  const value = await question.take(response, record);
  if (value !== null) return { kind: "answered", answer: { kind: "read", value } };
  record.check("schema", false, "the answer has another shape than ComfyUI's");
  record.failed();
  const { status } = response;
  const error = new GpuUnavailable("ComfyUI's answer could not be read.", { status });
  return { kind: "failed", error, again: true };
}
