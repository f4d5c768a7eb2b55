import { randomBytes } from "node:crypto";
import { openSync, closeSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { choosePort, commandOf, isPortFree, isProcessAlive, waitForExit } from "@ob/db/embedded";
import { keepSecret } from "../boot/keep-secret.ts";
import { answersOk } from "./answers.ts";
import { followFile } from "./follow-file.ts";
import { isOurs } from "./is-ours.ts";
import { keepProcess, type KeptProcess } from "./keep-process.ts";
import type { Place } from "./place.ts";
import { readRunFile, writeRunFile } from "./run-files.ts";
import { adoptProcess, launchProcess, type RunningProcess } from "./running-process.ts";
import type { SimulatorSettings } from "./settings.ts";

const HOST = "127.0.0.1";
const LOG_LIMIT_BYTES = 5_000_000;

/** The simulator kept running, and what the server needs to reach it. */
export interface KeptSimulator extends KeptProcess {
  environment: {
    RUNPOD_BASE_URL: string;
    RUNPOD_ENDPOINT_ID: string;
    RUNPOD_API_KEY: string;
  };
}

/** Starts the simulator, or takes over the one whose supervisor died. @throws when its given port is taken. */
export async function keepSimulator(
  settings: SimulatorSettings,
  place: Place,
): Promise<KeptSimulator> {
  const runDir = join(place.dataDir, "run");
  await mkdir(runDir, { recursive: true });
  const apiKey = await keepSecret(join(runDir, "simulator.key"), () =>
    randomBytes(24).toString("hex"),
  );
  const knobs = knobsOf(settings);
  const living = await findLiving(place, settings, knobs);
  const port = living?.port ?? (await pickPort(settings.port));
  const url = `http://${HOST}:${port}`;
  const logFile = join(runDir, "simulator.log");
  void followFile(logFile, {
    write: (chunk) => place.writeLog(chunk),
    limitBytes: LOG_LIMIT_BYTES,
    signal: place.stopped,
  });

  let adopted: RunningProcess | null = living === null ? null : adoptProcess(living.pid);
  const kept = keepProcess({
    name: "simulator",
    launch: () => {
      const running = adopted ?? launch(place, [...knobs, "--port", String(port)], logFile);
      adopted = null;
      return running;
    },
    isReady: () =>
      answersOk(`${url}/v2/simulator/health`, {
        timeoutMs: 1_000,
        headers: { authorization: `Bearer ${apiKey}` },
      }),
    readyWithinMs: 30_000,
    onUp: (pid) => writeRunFile(place.dataDir, "simulator", { pid, port, url }),
    drainMs: 3_000,
    log: place.log,
  });
  const environment = {
    RUNPOD_BASE_URL: `${url}/v2`,
    RUNPOD_ENDPOINT_ID: "simulator",
    RUNPOD_API_KEY: apiKey,
  };
  return { ...kept, environment };
}

function knobsOf(s: SimulatorSettings): string[] {
  const knobs = { "gpu-ms": s.gpuMs, "queue-ms": s.queueMs, workers: s.workers, seed: s.seed };
  return Object.entries(knobs).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

function launch(place: Place, args: readonly string[], logFile: string): RunningProcess {
  const log = openSync(logFile, "a");
  try {
    return launchProcess({
      command: process.execPath,
      args: [...place.nodeArgs, place.simulatorMain, ...args],
      cwd: place.dataDir,
      env: place.environment,
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** The simulator that still runs from before; one with other settings, or of another build, is ended. */
async function findLiving(
  place: Place,
  settings: SimulatorSettings,
  knobs: readonly string[],
): Promise<{ pid: number; port: number } | null> {
  const file = await readRunFile(place.dataDir, "simulator");
  if (file === null || !(await isProcessAlive(file.pid))) return null;
  const command = await commandOf(file.pid);
  // The number may by now belong to a stranger.
  if (!isOurs(command, place.simulatorMain)) return null;
  const isSame = command.includes([place.simulatorMain, ...knobs].join(" "));
  if (isSame && (settings.port === 0 || settings.port === file.port)) return file;
  process.kill(file.pid, "SIGTERM");
  if (!(await waitForExit(file.pid, 3_000))) process.kill(file.pid, "SIGKILL");
  return null;
}

async function pickPort(given: number): Promise<number> {
  if (given === 0) return await choosePort(HOST);
  if (await isPortFree(given, HOST)) return given;
  throw new Error(`Port ${given} (SIMULATOR_PORT) is taken by another program.`);
}
