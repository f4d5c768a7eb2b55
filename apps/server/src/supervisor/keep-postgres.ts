import { startEmbeddedPostgres, type EmbeddedPostgres } from "@ob/db/embedded";
import { setTimeout as pause } from "node:timers/promises";
import type { Place } from "./place.ts";
import { writeRunFile } from "./run-files.ts";

/** The embedded PostgreSQL, kept running on one port. */
export interface KeptPostgres {
  /** With user and password. */
  url: string;
  port: number;
  stop(): Promise<void>;
  kill(): void;
}

/** Starts or adopts PostgreSQL; after a death it is back on its port. @throws when it cannot start. */
export async function keepPostgres(place: Place): Promise<KeptPostgres> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, place.stopped]);
  const start = async (port: number | undefined): Promise<EmbeddedPostgres> => {
    const running = await startEmbeddedPostgres({
      dataDir: place.dataDir,
      port,
      durable: true,
      log: place.say,
      // A stop during the start ends the start; once it runs, `stop` ends it in its turn.
      signal,
    });
    const { pid, host } = running;
    const url = `postgres://${host}:${running.port}`;
    await writeRunFile(place.dataDir, "postgres", { pid, port: running.port, url });
    return running;
  };
  let current = await start(undefined);
  const { url, port } = current;

  const keep = async (): Promise<void> => {
    for (;;) {
      await current.exited;
      if (signal.aborted) return;
      place.log({ level: "warn", event: "part died", part: "postgres", pid: current.pid });
      current = await startAgain(() => start(port), signal, place);
      // The stop may have come just as it was up again.
      if (signal.aborted) return await current.stop();
    }
  };
  const kept = keep().catch(() => {});

  return {
    url,
    port,
    stop: async () => {
      ending.abort();
      await current.stop();
      await kept;
    },
    kill: () => {
      ending.abort();
      try {
        process.kill(current.pid, "SIGQUIT");
      } catch {
        // It is gone already.
      }
    },
  };
}

/** @throws when stopped before it ran again. */
async function startAgain(
  start: () => Promise<EmbeddedPostgres>,
  signal: AbortSignal,
  place: Place,
): Promise<EmbeddedPostgres> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await start();
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      place.log({ level: "error", event: "part does not start", part: "postgres", reason });
      await pause(1_000, undefined, { signal });
    }
  }
}
