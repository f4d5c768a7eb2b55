import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "./place.ts";
import type { SupervisorSettings } from "./settings.ts";

export interface DescribeOptions {
  /** Path of the supervisor's own main file: a source or a build. */
  here: string;
  settings: SupervisorSettings;
  environment: Record<string, string | undefined>;
  isDev: boolean;
  stop: AbortSignal;
}

/** Folders and programs, found from where the supervisor itself stands. */
export function describePlace(o: DescribeOptions): Place {
  const isSource = o.here.endsWith(".ts");
  const extension = isSource ? "ts" : "js";
  const root = join(dirname(o.here), "../../../..");
  const simulator = fileURLToPath(import.meta.resolve("@ob/runpod/simulator"));
  return {
    dataDir: o.settings.dataDir,
    isDev: o.isDev,
    nodeArgs: isSource ? ["--conditions=ob-source"] : [],
    serverMain: join(dirname(o.here), `../main.${extension}`),
    simulatorMain: join(dirname(simulator), `main.${extension}`),
    viteDev: join(root, "scripts/vite-dev.mjs"),
    root,
    environment: {
      // Compiled code of the last run is used again: a server is back about a third sooner.
      NODE_COMPILE_CACHE: join(root, "node_modules/.cache/node-compile"),
      ...o.environment,
    },
    say: (line) => process.stdout.write(`${line}\n`),
    log: (line) =>
      process.stderr.write(`${JSON.stringify({ ...line, time: new Date().toISOString() })}\n`),
    writeLog: (chunk) => process.stderr.write(chunk),
    stopped: o.stop,
  };
}
