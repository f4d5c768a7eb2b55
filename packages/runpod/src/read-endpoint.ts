import type { Endpoint, EndpointRequest } from "./endpoint.ts";
import { send } from "./endpoint.ts";
import { GpuUnauthorized, GpuUnavailable } from "./errors.ts";
import { BodyTooLarge } from "./read-body.ts";
import { readFailedAnswer } from "./read-failed-answer.ts";
import { readJson } from "./read-json.ts";
import type { ExchangeRecord } from "./record-exchange.ts";
import { parseRetryAfter } from "./retry-after.ts";
import { retryQuestion, type TryOutcome } from "./retry-question.ts";

/** Room for a 10 MB result beside an echoed input. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface ReadRequest<T> extends EndpointRequest {
  /**
   * Turns the JSON of a 2xx answer into what is wanted; `null` when it has another shape.
   * What the answer tells of a failure is reported to `record`.
   */
  parse: (json: unknown, record: ExchangeRecord) => T | null;
}

/** What one repeatable question brought back; `not-found` is a 404. */
export type EndpointAnswer<T> = { kind: "read"; value: T } | { kind: "not-found" };

/**
 * Asks a question that is safe to repeat: up to 3 tries within `httpTimeoutMs` altogether,
 * waiting as long as `Retry-After` says or else with a growing, jittered backoff.
 * @throws {GpuUnavailable} when no try was answered, or the wait asked for passes the budget
 * @throws {GpuUnauthorized} on 401 and 403
 * @throws the signal's reason when the caller gave up
 */
export function readEndpoint<T>(
  endpoint: Endpoint,
  request: ReadRequest<T>,
  signal: AbortSignal,
): Promise<EndpointAnswer<T>> {
  return retryQuestion(endpoint, (budget) => tryOnce(endpoint, request, budget), signal);
}

async function tryOnce<T>(
  endpoint: Endpoint,
  request: ReadRequest<T>,
  budget: AbortSignal,
): Promise<TryOutcome<EndpointAnswer<T>>> {
  try {
    const { response, record } = await send(endpoint, request, budget);
    if (response.ok) return await readAnswer(request, response, record);
    const { status } = response;
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), endpoint.now());
    await readFailedAnswer(response, record);
    record.failed();
    if (status === 404) return { kind: "answered", answer: { kind: "not-found" } };
    if (status === 401 || status === 403) {
      throw new GpuUnauthorized(
        `RunPod answered ${status}: the key is wrong or lacks rights.`,
        status,
      );
    }
    const error = new GpuUnavailable(`RunPod answered ${status}.`, { status, retryAfterMs });
    return { kind: "failed", error, again: status === 429 || status >= 500 };
  } catch (cause) {
    if (cause instanceof GpuUnauthorized) throw cause;
    const again = !(cause instanceof BodyTooLarge);
    return {
      kind: "failed",
      error: new GpuUnavailable("RunPod did not answer.", { cause }),
      again,
    };
  }
}

async function readAnswer<T>(
  request: ReadRequest<T>,
  response: Response,
  record: ExchangeRecord,
): Promise<TryOutcome<EndpointAnswer<T>>> {
  const value = request.parse(await readJson(response, record, MAX_ANSWER_BYTES), record);
  if (value !== null) return { kind: "answered", answer: { kind: "read", value } };
  record.check("schema", false, "the answer has another shape than expected");
  record.failed();
  const error = new GpuUnavailable("RunPod's answer could not be read.", {
    status: response.status,
  });
  return { kind: "failed", error, again: true };
}
