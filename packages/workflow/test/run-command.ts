import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll } from "vitest";
import * as z from "zod";

export const pathOf = (relative: string): string =>
  fileURLToPath(new URL(relative, import.meta.url));

/** What `npm run <name>` starts, and what that starts once the clone is prepared. */
const DOOR = [pathOf("../../../scripts/run.mjs")] as const;
const COMMANDS = {
  "contracts:check": ["--conditions=ob-source", pathOf("../commands/check-contracts.ts")],
  "workflow:compile": ["--conditions=ob-source", pathOf("../commands/compile-workflow.ts")],
} as const;

/** A folder of one test file; gone when it ends. */
export interface CommandFolder {
  readonly path: string;
  /** A new file with this text. */
  fileOf(text: string): string;
}

/** To be called by the test file itself, outside its tests. */
export function makeCommandFolder(): CommandFolder {
  const path = mkdtempSync(join(tmpdir(), "ob-commands-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  let written = 0;
  return {
    path,
    fileOf(text) {
      written += 1;
      const file = join(path, `${written}.json`);
      writeFileSync(file, text);
      return file;
    },
  };
}

/** How a command ended, and what it printed. */
export interface Answer {
  code: number | null;
  document: unknown;
  stderr: string;
}

/** Runs a command; its stdout is one JSON document, whatever happens. */
export function run(name: keyof typeof COMMANDS, args: readonly string[], stdin = ""): Answer {
  return spawnNode([...COMMANDS[name], ...args], stdin);
}

/** The same as `npm run <name> -- …args`. */
export function npmRun(name: keyof typeof COMMANDS, args: readonly string[]): Answer {
  return spawnNode([...DOOR, name, ...args], "");
}

/** Node with these arguments. */
export function spawnNode(args: readonly string[], input: string): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    input,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const document: unknown = JSON.parse(stdout);
  return { code: status, document, stderr };
}

/** A prompt of the recorded cases, as text. */
export function recordedPrompt(name: string): string {
  const text = readFileSync(new URL(`./comfyui-cases/${name}.json`, import.meta.url), "utf8");
  return JSON.stringify(z.object({ prompt: z.unknown() }).parse(JSON.parse(text)).prompt);
}
