import { commandOf, isProcessAlive, waitForExit } from "@ob/db/embedded";
import { answersOk } from "./answers.ts";
import { isOurs } from "./is-ours.ts";
import { keepProcess, type KeptProcess } from "./keep-process.ts";
import type { Place } from "./place.ts";
import { readRunFile, writeRunFile } from "./run-files.ts";
import { launchProcess } from "./running-process.ts";

/** How long requests and streams get to end by themselves. */
const DRAIN_MS = 20_000;

export interface KeepServerOptions {
  port: number;
  host: string;
  /** Environment on top of the user's own. */
  environment: Record<string, string>;
}

/** Starts the server and keeps one running. It ends when its stdin closes, so it never outlives us. */
export function keepServer(o: KeepServerOptions, place: Place): KeptProcess {
  const url = `http://localhost:${o.port}`;
  const probe = `http://${loopbackOf(o.host)}:${o.port}/health/live`;
  return keepProcess({
    name: "server",
    launch: () =>
      launchProcess({
        command: process.execPath,
        args: [...place.nodeArgs, place.serverMain],
        cwd: place.root,
        env: { ...place.environment, ...o.environment, OB_SUPERVISED: "1" },
        // Its stdout would break "Ready: ... is the last line": everything it says is a log.
        stdio: ["pipe", 2, 2],
      }),
    isReady: () => answersOk(probe, { timeoutMs: 1_000 }),
    readyWithinMs: 60_000,
    onUp: (pid) => writeRunFile(place.dataDir, "server", { pid, port: o.port, url }),
    drainMs: place.isDev ? 2_000 : DRAIN_MS,
    log: place.log,
  });
}

/** Where to reach, from here, a server that listens on `host`. */
export function loopbackOf(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

/** A server whose supervisor was killed is draining: waits for its end, and ends it when it takes too long. */
export async function endLeftoverServer(place: Place): Promise<void> {
  const file = await readRunFile(place.dataDir, "server");
  if (file === null || !(await isProcessAlive(file.pid))) return;
  // The number may by now belong to a stranger.
  if (!isOurs(await commandOf(file.pid), place.serverMain)) return;
  if (await waitForExit(file.pid, DRAIN_MS)) return;
  process.kill(file.pid, "SIGKILL");
  await waitForExit(file.pid, 5_000);
}
