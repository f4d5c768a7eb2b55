/** What the `eventsource` package asks of a fetch. */
type StreamFetch = (url: string | URL, init: RequestInit) => Promise<Response>;

/**
 * A fetch for event streams that carries the token in a header (never in the URL, which is logged)
 * and turns a refusal with a body into the event by which a tRPC stream tells its errors: an
 * EventSource would otherwise only say that it failed.
 */
export function eventSourceFetch(options: {
  fetch: typeof fetch;
  token: () => string | null;
}): StreamFetch {
  return async (url, init) => {
    const headers = new Headers(init.headers);
    const token = options.token();
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    const answer = await options.fetch(url, { ...init, headers });
    const isRefusal = answer.status >= 400 && answer.status < 500;
    if (!isRefusal || !answer.headers.get("content-type")?.includes("json")) return answer;
    const body: unknown = await answer.json();
    const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
    return new Response(`event: serialized-error\ndata: ${JSON.stringify(error)}\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  };
}
