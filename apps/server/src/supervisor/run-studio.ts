import { mkdir } from "node:fs/promises";
import { choosePort, isPortFree, type HeldLock } from "@ob/db/embedded";
import { setTimeout as pause } from "node:timers/promises";
import { keepPostgres } from "./keep-postgres.ts";
import { endLeftoverServer, keepServer } from "./keep-server.ts";
import { keepSimulator } from "./keep-simulator.ts";
import { keepWebDev } from "./keep-web-dev.ts";
import { onChosenPort } from "./on-chosen-port.ts";
import type { Place } from "./place.ts";
import { restartOnChange } from "./restart-on-change.ts";
import { removeRunFile, type PartName } from "./run-files.ts";
import type { SupervisorSettings } from "./settings.ts";
import { holdStudioLock, NOTE_STOPPING } from "./studio-lock.ts";

/** Anything that was started and must be ended. */
interface Part {
  name: PartName | "web";
  stop(): Promise<void>;
  kill(): void;
}

/** What runs now, newest first; shared with whoever must end it by force. */
export type Parts = Part[];

/**
 * Runs everything until `place.stopped`, then ends everything it started, whatever stage it was at.
 * @throws {Error} one clear sentence when it cannot start.
 */
export async function runStudio(
  settings: SupervisorSettings,
  place: Place,
  parts: Parts,
): Promise<void> {
  await mkdir(place.dataDir, { recursive: true });
  const lock = await takeLock(settings, place);
  try {
    await startParts({ settings, place, parts, lock });
    await untilStopped(place.stopped);
  } finally {
    lock.setNote(NOTE_STOPPING);
    await endParts(parts, place);
    await lock.release();
  }
}

async function takeLock(settings: SupervisorSettings, place: Place): Promise<HeldLock> {
  for (;;) {
    place.stopped.throwIfAborted();
    const lock = await holdStudioLock(settings.dataDir);
    if (lock.kind === "held") return lock;
    if (lock.note !== NOTE_STOPPING) {
      const where = lock.note === "" ? "is starting" : `runs at ${lock.note}`;
      throw new Error(
        `OB AI Studio already ${where} with the data folder ${settings.dataDir}. ` +
          "Stop that one first, or choose another DATA_DIR and PORT.",
      );
    }
    await pause(100);
  }
}

interface StartOptions {
  settings: SupervisorSettings;
  place: Place;
  parts: Parts;
  lock: HeldLock;
}

async function startParts({ settings, place, parts, lock }: StartOptions): Promise<void> {
  await endLeftoverServer(place);
  await removeRunFile(place.dataDir, "server");
  if (settings.port !== 0) {
    await assertFree(settings);
    lock.setNote(urlOf(settings.port));
  }
  const [database, gpu] = await Promise.all([
    startDatabase({ settings, place, parts }),
    startSimulator({ settings, place, parts }),
  ]);
  place.stopped.throwIfAborted();

  place.say("Starting the server");
  const environment = {
    ...gpu,
    HOST: settings.host,
    DATA_DIR: place.dataDir,
    DATABASE_URL: database,
  };
  const start = (port: number) => startServer({ settings, place, parts, lock, environment, port });
  let { port } = settings;
  if (port === 0) {
    const choose = () => {
      place.stopped.throwIfAborted();
      return choosePort(settings.host);
    };
    port = await onChosenPort({ choose, isFree: (at) => isPortFree(at, settings.host) }, start);
  } else {
    await start(port);
  }
  place.say(`Ready: ${urlOf(port)}`);
}

interface StartServerOptions extends StartOptions {
  environment: Record<string, string>;
  /** Where visitors come. */
  port: number;
}

async function startServer(o: StartServerOptions): Promise<void> {
  const { settings, place, parts, lock, port } = o;
  lock.setNote(urlOf(port));
  const serverPort = place.isDev ? await choosePort(loopback) : port;
  const publicUrl = place.environment["PUBLIC_URL"] ?? urlOf(port);
  const environment = {
    ...o.environment,
    PORT: String(serverPort),
    ...(place.isDev ? { PUBLIC_URL: publicUrl } : {}),
  };
  const server = keepServer({ port: serverPort, host: settings.host, environment }, place);
  parts.unshift({ name: "server", stop: server.stop, kill: server.kill });
  await orStopped(server.ready, place.stopped);
  if (!place.isDev) return;
  const web = keepWebDev({ port, host: settings.host, serverPort }, place);
  parts.unshift({ name: "web", stop: web.stop, kill: web.kill });
  await orStopped(web.ready, place.stopped);
  restartOnChange(server, place);
}

function urlOf(port: number): string {
  return `http://localhost:${port}`;
}

const loopback = "127.0.0.1";

async function startDatabase({
  settings,
  place,
  parts,
}: Omit<StartOptions, "lock">): Promise<string> {
  if (settings.databaseUrl !== null) {
    await removeRunFile(place.dataDir, "postgres");
    return settings.databaseUrl;
  }
  place.say("Starting PostgreSQL");
  const postgres = await keepPostgres(place);
  parts.push({ name: "postgres", stop: postgres.stop, kill: postgres.kill });
  return postgres.url;
}

async function startSimulator(o: Omit<StartOptions, "lock">): Promise<Record<string, string>> {
  const { settings, place, parts } = o;
  if (settings.simulator === null) {
    await removeRunFile(place.dataDir, "simulator");
    return {};
  }
  place.say("Starting the GPU simulator");
  const simulator = await keepSimulator(settings.simulator, place);
  parts.unshift({ name: "simulator", stop: simulator.stop, kill: simulator.kill });
  await orStopped(simulator.ready, place.stopped);
  return simulator.environment;
}

/** @throws when somebody else listens on the port given. */
async function assertFree({ port, host }: SupervisorSettings): Promise<void> {
  // A browser tries ::1 for `localhost` first: whoever listens there would get our visitors.
  const isFree = (await isPortFree(port, host)) && (await isPortFree(port, "::1"));
  if (isFree) return;
  throw new Error(
    `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port === 65_535 ? 3_000 : port + 1} npm start`,
  );
}

async function endParts(parts: Parts, place: Place): Promise<void> {
  // The server first: while it drains it still needs the others.
  for (const part of parts) {
    await part.stop();
    if (part.name !== "web") await removeRunFile(place.dataDir, part.name);
  }
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** What `work` gives, or the end of everything, whichever comes first. */
async function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stop = untilStopped(signal).then(() => signal.throwIfAborted());
  await Promise.race([work, stop]);
  return await work;
}
