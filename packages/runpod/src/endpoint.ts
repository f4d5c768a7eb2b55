import { setTimeout as delay } from "node:timers/promises";

import type { ExchangeOperation, OnFailedExchange } from "./exchange.ts";
import { type ExchangeRecord, type ExchangeRecorder, exchangeRecorder } from "./record-exchange.ts";

/** Who and how to ask: one endpoint, its key, and everything that is not ours (network, time, chance). */
export interface Endpoint {
  /** `<base>/<endpointId>` without a trailing slash. */
  url: string;
  apiKey: string;
  /** Budget of one call, retries and waits included, in ms. */
  httpTimeoutMs: number;
  fetch: typeof fetch;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  now: () => number;
  recorder: ExchangeRecorder;
}

/** A RunPod Serverless endpoint, its key, and everything that is not ours (network, time, chance). */
export interface EndpointOptions {
  /** Up to and with the version: `https://api.runpod.ai/v2`. */
  baseUrl: string;
  endpointId: string;
  apiKey: string;
  /** Budget of one call, retries and waits included, in ms. */
  httpTimeoutMs: number;
  fetch: typeof fetch;
  /** Told of each failed exchange, redacted; it must not throw. */
  onFailedExchange?: OnFailedExchange | undefined;
  /** @default the system's timer */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1), spreads retries. @default Math.random */
  random?: () => number;
  /** Epoch ms. @default Date.now */
  now?: () => number;
}

/** Makes the endpoint of a backend called `name`, whatever its workers' handler is. */
export function createEndpoint(name: string, options: EndpointOptions): Endpoint {
  const now = options.now ?? Date.now;
  return {
    url: `${options.baseUrl.replace(/\/+$/, "")}/${encodeURIComponent(options.endpointId)}`,
    apiKey: options.apiKey,
    httpTimeoutMs: options.httpTimeoutMs,
    fetch: options.fetch,
    sleep: options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal })),
    random: options.random ?? Math.random,
    now,
    recorder: exchangeRecorder({
      backend: name,
      onFailedExchange: options.onFailedExchange,
      now,
      secrets: [options.apiKey],
    }),
  };
}

export interface EndpointRequest {
  operation: ExchangeOperation;
  method: "GET" | "POST";
  path: string;
  /** Encoded, as it is sent. */
  body?: string;
  /** The body as it was meant, for the record of a failure. */
  meant?: unknown;
  filePrefix?: string;
  runpodJobId?: string;
}

/** Makes exactly one request. Redirects are not followed: the key and the pictures go to no third party. */
export async function send(
  endpoint: Endpoint,
  request: EndpointRequest,
  signal: AbortSignal,
): Promise<{ response: Response; record: ExchangeRecord }> {
  const { body } = request;
  const record = beginExchange(endpoint, request);
  try {
    const response = await endpoint.fetch(endpoint.url + request.path, {
      method: request.method,
      headers: headersOf(endpoint, request),
      redirect: "manual",
      signal,
      ...(body === undefined ? {} : { body }),
    });
    record.answered(response);
    return { response, record };
  } catch (error) {
    // A question its caller gave up asking has not failed; a submit may have arrived all the same.
    if (request.operation === "submit" || !isGivenUp(error)) record.failed({ error });
    throw error;
  }
}

function headersOf(endpoint: Endpoint, { body }: EndpointRequest): Record<string, string> {
  return {
    authorization: `Bearer ${endpoint.apiKey}`,
    accept: "application/json",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
}

/** Begins the record of a request, also of one that is refused before it is made. */
export function beginExchange(endpoint: Endpoint, request: EndpointRequest): ExchangeRecord {
  const record = endpoint.recorder.begin({
    operation: request.operation,
    method: request.method,
    url: endpoint.url + request.path,
    headers: headersOf(endpoint, request),
    body: request.meant ?? null,
    encodedBody: request.body ?? null,
    filePrefix: request.filePrefix ?? null,
    runpodJobId: request.runpodJobId ?? null,
  });
  record.check(
    "key present",
    endpoint.apiKey !== "",
    endpoint.apiKey === "" ? "the key is empty" : `${endpoint.apiKey.length} characters`,
  );
  return record;
}

function isGivenUp(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
