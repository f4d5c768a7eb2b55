import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { processEnvironment } from "./process-environment.ts";

/** What an operator's command answered. */
export interface OperatorAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of `src/commands` as an operator would, in the environment of the server. */
export function runOperatorCommand(
  name: "jobs" | "incidents" | "doctor" | "check-invariants",
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<OperatorAnswer> {
  const main = fileURLToPath(new URL(`../../src/commands/${name}.ts`, import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--conditions=ob-source", main, ...args],
      { env: { ...processEnvironment(), ...environment }, maxBuffer: 8 * 1024 * 1024 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
