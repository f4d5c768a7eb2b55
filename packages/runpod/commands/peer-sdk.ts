import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { boundPort } from "../src/simulator/listen-address.ts";

/** The SDK inside the GPU image: deploy/runpod-worker/Dockerfile. */
const SDK_VERSION = "1.12.0";
const START_WITHIN_MS = 60_000;

/** The peer cannot be had on this machine: no Python, no package index, no free port. */
export class NoPeer extends Error {
  override readonly name = "NoPeer";
}

export interface PeerSdk extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  url: string;
  version: string;
}

/**
 * Installs RunPod's Python SDK into a temporary folder and starts its local server with our handler.
 * Nothing of it stays. @throws {NoPeer} when any of that is not possible
 */
export async function startPeerSdk(): Promise<PeerSdk> {
  const folder = await mkdtemp(join(tmpdir(), "ob-peer-sdk-"));
  let server: ChildProcess | null = null;
  const dispose = async (): Promise<void> => {
    server?.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const python = join(folder, "venv", "bin", "python");
    mustRun("python3", ["-m", "venv", join(folder, "venv")]);
    mustRun(python, ["-m", "pip", "install", "--quiet", `runpod==${SDK_VERSION}`]);
    const port = await freePort();
    const handler = fileURLToPath(new URL("peer_handler.py", import.meta.url));
    const host = ["--rp_serve_api", "--rp_api_host", "127.0.0.1", "--rp_api_port", String(port)];
    server = spawn(python, ["-B", handler, ...host], { cwd: folder, stdio: "ignore" });
    const url = `http://127.0.0.1:${port}`;
    await listening(url, server);
    return { url, version: SDK_VERSION, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function mustRun(command: string, args: string[]): void {
  const run = spawnSync(command, args, { encoding: "utf8" });
  if (run.status === 0) return;
  const said = run.error?.message ?? run.stderr.trim().split("\n").at(-1) ?? "";
  throw new NoPeer(`${command} ${args.slice(0, 3).join(" ")}: ${said}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const port = boundPort(probe.address());
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function listening(url: string, server: ChildProcess): Promise<void> {
  const untilMs = Date.now() + START_WITHIN_MS;
  while (Date.now() < untilMs && server.exitCode === null) {
    if (await fetch(`${url}/openapi.json`).catch(() => null)) return;
    await delay(200);
  }
  throw new NoPeer("RunPod's local server did not start.");
}
