import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const WORLDS = fileURLToPath(
  new URL("../../../../packages/api/test/worlds/run-worlds.ts", import.meta.url),
);

/** What the world simulator found. */
export interface WorldsRun {
  /** No invariant was broken in any world. */
  readonly ok: boolean;
  /** Its own JSON document. */
  readonly report: unknown;
}

/** Runs the world simulator in processes of its own. @throws when it could not run */
export async function runWorlds(
  o: { worlds: number; seed: number },
  say: (line: string) => void,
): Promise<WorldsRun> {
  say(`${o.worlds} worlds`);
  const args = ["--worlds", String(o.worlds), "--seed", String(o.seed)];
  const child = spawn(process.execPath, ["--conditions=ob-source", WORLDS, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  await once(child, "close");
  if (child.exitCode !== 0 && child.exitCode !== 1) {
    throw new Error(`The world simulator could not run (${child.exitCode ?? child.signalCode}).`);
  }
  const report: unknown = JSON.parse(text);
  return { ok: child.exitCode === 0, report };
}
