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
}

export interface EndpointRequest {
  method: "GET" | "POST";
  path: string;
  body?: string;
}

/** Makes exactly one request. Redirects are not followed: the key and the pictures go to no third party. */
export function send(
  endpoint: Endpoint,
  request: EndpointRequest,
  signal: AbortSignal,
): Promise<Response> {
  return endpoint.fetch(endpoint.url + request.path, {
    method: request.method,
    headers: {
      authorization: `Bearer ${endpoint.apiKey}`,
      accept: "application/json",
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
    },
    redirect: "manual",
    signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
}
