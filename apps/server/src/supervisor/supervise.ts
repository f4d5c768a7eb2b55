import type { Place } from "./place.ts";
import { runStudio, type Parts } from "./run-studio.ts";
import {
  checkServerEnvironment,
  parseSupervisorSettings,
  type SupervisorSettings,
} from "./settings.ts";

// npm hands a terminal's Ctrl-C on although we had it already: what comes this soon is the same one.
const SAME_SIGNAL_MS = 1_000;

export interface SuperviseOptions {
  environment: Record<string, string | undefined>;
  describe: (settings: SupervisorSettings, stop: AbortSignal) => Place;
}

/**
 * Everything up, kept up, and down again: on Ctrl-C, SIGTERM, or when the process that started us is
 * gone. A second Ctrl-C does not wait.
 * @returns the exit code: 0 after a stop, 1 when it could not start.
 */
export async function supervise(o: SuperviseOptions): Promise<number> {
  const stop = new AbortController();
  const parts: Parts = [];
  stopOnSignals(stop, parts);
  // A reader of our lines that went away must not take the studio with it.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    const settings = parseSupervisorSettings(o.environment);
    checkServerEnvironment(o.environment, settings);
    await runStudio(settings, o.describe(settings, stop.signal), parts);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function stopOnSignals(stop: AbortController, parts: Parts): void {
  let firstSignalAt: number | null = null;
  const onSignal = (): void => {
    firstSignalAt ??= performance.now();
    if (stop.signal.aborted && performance.now() - firstSignalAt > SAME_SIGNAL_MS) {
      for (const part of parts) part.kill();
      process.exit(130);
    }
    stop.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  // The command that started us was killed outright.
  if (process.channel !== undefined) process.on("disconnect", () => stop.abort());
}
