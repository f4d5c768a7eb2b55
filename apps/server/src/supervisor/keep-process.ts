import { setTimeout as pause } from "node:timers/promises";
import type { RunningProcess } from "./running-process.ts";

export interface KeepOptions {
  name: string;
  /** Starts it. Called again after each death. */
  launch: () => RunningProcess | Promise<RunningProcess>;
  /** Whether it serves. */
  isReady: () => Promise<boolean>;
  readyWithinMs: number;
  /** Called each time it became ready. */
  onUp: (pid: number) => Promise<void>;
  /** How long it may take to end by itself after SIGTERM. */
  drainMs: number;
  log: (line: object) => void;
}

/** A process that is started again whenever it dies. */
export interface KeptProcess {
  /** Resolves when it serves for the first time. Rejects when it ended before that. */
  ready: Promise<void>;
  /** Ends the process now living (SIGTERM, later SIGKILL); the next one starts at once. */
  restart(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
  /** Ends it for good, without waiting for anything. */
  kill(): void;
}

/** Slowest pace of restarts: with the time a server needs to boot, it is back within 2 s. */
const MAX_DELAY_MS = 1_000;
const POLL_MS = 25;

/** Starts a process and keeps one of it running until `stop`. */
export function keepProcess(o: KeepOptions): KeptProcess {
  const first = Promise.withResolvers<void>();
  // Whoever waits for `ready` sees the failure; nobody may be waiting yet.
  first.promise.catch(() => {});
  const stopping = new AbortController();
  let current: RunningProcess | null = null;

  const lives = async (): Promise<void> => {
    let wasReady = false;
    for (let failures = 0; !stopping.signal.aborted;) {
      const running = await o.launch();
      current = running;
      // `stop` may have come while it was being launched.
      if (stopping.signal.aborted) running.kill("SIGTERM");
      const isUp = await becomesReady(o, running, stopping.signal);
      if (isUp) {
        await o.onUp(running.pid);
        failures = 0;
        wasReady = true;
        first.resolve();
      } else if (!wasReady) {
        running.kill("SIGKILL");
        throw new Error(`The ${o.name} did not become ready (${await running.exited}).`);
      } else {
        running.kill("SIGKILL");
        failures += 1;
      }
      const ending = await running.exited;
      current = null;
      if (stopping.signal.aborted) return;
      o.log({ level: "warn", event: "part died", part: o.name, pid: running.pid, ending });
      const delayMs = failures === 0 ? 0 : Math.min(MAX_DELAY_MS, 50 * 2 ** failures);
      await pause(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const ended = lives().catch((error: unknown) => first.reject(error));

  return {
    ready: first.promise,
    restart: async () => {
      if (current !== null) await end(current, o.drainMs);
    },
    stop: async () => {
      stopping.abort();
      first.reject(new Error(`The ${o.name} was stopped.`));
      if (current !== null) await end(current, o.drainMs);
      await ended;
    },
    kill: () => {
      stopping.abort();
      current?.kill("SIGKILL");
    },
  };
}

/** False when it ended, took too long, or nobody waits any more. */
async function becomesReady(
  o: KeepOptions,
  running: RunningProcess,
  stop: AbortSignal,
): Promise<boolean> {
  let hasEnded = false;
  void running.exited.then(() => {
    hasEnded = true;
  });
  const deadline = performance.now() + o.readyWithinMs;
  while (!hasEnded && !stop.aborted && performance.now() < deadline) {
    if (await o.isReady()) return !hasEnded;
    await pause(POLL_MS);
  }
  return false;
}

async function end(running: RunningProcess, drainMs: number): Promise<void> {
  running.kill("SIGTERM");
  const late = new AbortController();
  const force = pause(drainMs, undefined, { signal: late.signal }).then(
    () => running.kill("SIGKILL"),
    () => {},
  );
  await running.exited;
  late.abort();
  await force;
}
