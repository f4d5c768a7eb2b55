import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SUPERVISOR = join(import.meta.dirname, "../../server/dist/supervisor/main.js");
const START_WITHIN_MS = 120_000;

/** The whole product, running: server, PostgreSQL and simulator, with data of its own. */
export interface RunningStudio {
  readonly origin: string;
  /** Tells the simulator how the next runs go. */
  control(body: { scenario: string; times?: number }): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the built product as `npm start` does, on free ports. @throws {Error} with its log when it does not get ready. */
export async function startStudio(
  settings: Readonly<Record<string, string>>,
): Promise<RunningStudio> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-web-e2e-"));
  // `env` adds to the environment without this file reading it.
  const assignments = Object.entries({ PORT: "0", DATA_DIR: dataDir, ...settings }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const child = spawn("env", [...assignments, process.execPath, SUPERVISOR], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let log = "";
  const origin = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready:\n${log}`)), START_WITHIN_MS);
    const hear = (chunk: Buffer) => {
      log += chunk.toString();
      const ready = /^Ready: (\S+)$/m.exec(log)?.[1];
      if (ready === undefined) return;
      clearTimeout(timer);
      resolve(ready);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("close", () => reject(new Error(`ended before it was ready:\n${log}`)));
  });
  const simulator: unknown = JSON.parse(
    await readFile(join(dataDir, "run/simulator.json"), "utf8"),
  );
  return {
    origin,
    control: async (body) => {
      const answer = await fetch(`${urlIn(simulator)}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`control: ${answer.status}`);
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function urlIn(file: unknown): string {
  const url: unknown = typeof file === "object" && file !== null ? Reflect.get(file, "url") : null;
  if (typeof url !== "string") throw new Error("simulator.json names no url");
  return url;
}
