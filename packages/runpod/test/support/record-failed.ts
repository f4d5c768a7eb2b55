import type { FailedExchange } from "../../src/exchange.ts";
import {
  type ExchangeFailure,
  exchangeRecorder,
  type ExchangeRequest,
} from "../../src/record-exchange.ts";

/** What the other side answered. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
  /** Whether `body` is only the beginning. */
  isCut?: boolean;
}

/** A submit to RunPod. */
export const RUN: ExchangeRequest = {
  operation: "submit",
  method: "POST",
  url: "https://api.runpod.ai/v2/ep1/run",
  headers: { authorization: "Bearer k", "content-type": "application/json" },
};

/** Records one exchange that fails: a submit, as changed by `request`. */
export function recordFailed(
  request: Partial<ExchangeRequest>,
  told: { secrets?: string[]; answer?: Answer; failure?: ExchangeFailure } = {},
): FailedExchange {
  const failures: FailedExchange[] = [];
  let nowMs = Date.UTC(2026, 10, 22);
  const recorder = exchangeRecorder({
    backend: "runpod:ep1",
    onFailedExchange: (exchange) => failures.push(exchange),
    now: () => (nowMs += 100),
    secrets: told.secrets ?? [],
  });
  const exchange = recorder.begin({ ...RUN, ...request });
  if (told.answer !== undefined) {
    const { status, headers = {}, body, isCut = false } = told.answer;
    exchange.answered({ status, headers: new Headers(headers) });
    exchange.read(body, { isCut });
  }
  exchange.failed(told.failure);
  exchange.failed();
  const [only, ...more] = failures;
  if (only === undefined || more.length > 0) throw new Error("It is told exactly once.");
  return only;
}
