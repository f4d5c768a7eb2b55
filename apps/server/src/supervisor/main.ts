import { fileURLToPath } from "node:url";
import { readProcessEnv } from "../env.ts";
import { describePlace } from "./describe-place.ts";
import { runStudio, type Parts } from "./run-studio.ts";
import { checkServerEnvironment, parseSupervisorSettings } from "./settings.ts";

// npm hands a terminal's Ctrl-C on although we had it already: what comes this soon is the same one.
const SAME_SIGNAL_MS = 1_000;

/** `npm start` and `npm run dev`: everything up, kept up, and down again. */
async function main(): Promise<number> {
  const stop = new AbortController();
  const parts: Parts = [];
  let firstSignalAt: number | null = null;
  const onSignal = (): void => {
    const now = performance.now();
    firstSignalAt ??= now;
    if (stop.signal.aborted && now - firstSignalAt > SAME_SIGNAL_MS) {
      for (const part of parts) part.kill();
      process.exit(130);
    }
    stop.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  // The command that started us was killed outright.
  if (process.channel !== undefined) process.on("disconnect", () => stop.abort());
  // A reader of our lines that went away must not take the studio with it.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

  try {
    const environment = readProcessEnv();
    const settings = parseSupervisorSettings(environment);
    checkServerEnvironment(environment, settings);
    const isDev = process.argv.includes("--dev");
    const here = fileURLToPath(import.meta.url);
    await runStudio(
      settings,
      describePlace({ here, settings, environment, isDev, stop: stop.signal }),
      parts,
    );
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exit(await main());
