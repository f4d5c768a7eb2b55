import type { HttpOptions } from "./caller.ts";

type State = "ok" | "down" | "off" | "simulated";

/** GET /health/live: the process answers. */
export function serveLive(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}

/** GET /health/ready: states of the parts, never values; 503 when no new work should come here. */
export function createReadiness(options: HttpOptions): () => Promise<Response> {
  const { services, store } = options;
  // Where most jobs go. The breaker knows without asking: it is probed in the background.
  const [{ breaker }] = services.gpus.sides;
  return async () => {
    const [database, storage] = await Promise.all([
      stateOf(() => services.sql`select 1`),
      stateOf(() => store.probe()),
    ]);
    // Without a GPU jobs still wait in our own backlog, so it does not take the replica out.
    const ok = database === "ok" && storage === "ok" && !options.draining.aborted;
    const body = {
      ok,
      database,
      storage,
      gpu: breaker.state().kind === "closed" ? "ok" : "down",
      mail: options.mail === "off" ? "off" : "ok",
      payments: options.payments === "off" ? "off" : "simulated",
    } satisfies Record<string, State | boolean>;
    return Response.json(body, {
      status: ok ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  };
}

async function stateOf(probe: () => PromiseLike<unknown>): Promise<State> {
  const signal = AbortSignal.timeout(2_000);
  const late = new Promise<State>((resolve) => {
    signal.addEventListener("abort", () => resolve("down"), { once: true });
  });
  const answered = Promise.resolve(probe()).then(
    (): State => "ok",
    (): State => "down",
  );
  return Promise.race([answered, late]);
}
