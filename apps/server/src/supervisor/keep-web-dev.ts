import { answersOk } from "./answers.ts";
import { keepProcess, type KeptProcess } from "./keep-process.ts";
import { loopbackOf } from "./keep-server.ts";
import type { Place } from "./place.ts";
import { launchProcess } from "./running-process.ts";

/** Vite for the web app, on the port people open; what is not a page goes on to the server. */
export function keepWebDev(
  o: { port: number; host: string; serverPort: number },
  place: Place,
): KeptProcess {
  return keepProcess({
    name: "web",
    launch: () =>
      launchProcess({
        command: process.execPath,
        args: [
          place.viteDev,
          String(o.port),
          o.host,
          `http://${loopbackOf(o.host)}:${o.serverPort}`,
        ],
        cwd: place.root,
        env: place.environment,
        stdio: ["pipe", 2, 2],
      }),
    isReady: () => answersOk(`http://${loopbackOf(o.host)}:${o.port}/`, { timeoutMs: 5_000 }),
    readyWithinMs: 60_000,
    onUp: async () => {},
    drainMs: 2_000,
    log: place.log,
  });
}
