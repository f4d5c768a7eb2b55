import type { HttpOptions } from "./caller.ts";

type State = "ok" | "down" | "off" | "simulated";

/** GET /health/live: the process answers. */
export function serveLive(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}

/** The GPU side is asked at most this often, however often we are. */
const GPU_STATE_MS = 5_000;

/** GET /health/ready: states of the parts, never values; 503 when no new work should come here. */
export function createReadiness(options: HttpOptions): () => Promise<Response> {
  const { services, store } = options;
  let gpuState: { state: Promise<State>; untilMs: number } | null = null;
  const readGpu = (): Promise<State> => {
    const nowMs = services.now().getTime();
    if (gpuState === null || gpuState.untilMs <= nowMs) {
      const state = stateOf((signal) =>
        Promise.all(services.gpus.sides.map(({ backend }) => backend.health(signal))),
      );
      gpuState = { state, untilMs: nowMs + GPU_STATE_MS };
    }
    return gpuState.state;
  };
  return async () => {
    const [database, storage, gpu] = await Promise.all([
      stateOf(() => services.sql`select 1`),
      stateOf(() => store.probe()),
      readGpu(),
    ]);
    // Without a GPU jobs still wait in our own backlog, so it does not take the replica out.
    const ok = database === "ok" && storage === "ok" && !options.draining.aborted;
    const body = {
      ok,
      database,
      storage,
      gpu,
      mail: options.mail === "off" ? "off" : "ok",
      payments: options.payments === "off" ? "off" : "simulated",
    } satisfies Record<string, State | boolean>;
    return Response.json(body, {
      status: ok ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  };
}

async function stateOf(probe: (signal: AbortSignal) => PromiseLike<unknown>): Promise<State> {
  const signal = AbortSignal.timeout(2_000);
  const late = new Promise<State>((resolve) => {
    signal.addEventListener("abort", () => resolve("down"), { once: true });
  });
  const answered = Promise.resolve(probe(signal)).then(
    (): State => "ok",
    (): State => "down",
  );
  return Promise.race([answered, late]);
}
