import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processEnvironment } from "../support/process-environment.ts";

/** A Node program as a process of its own, everything it says kept in a file. */
export interface RunningProgram {
  readonly pid: number;
  /** Resolves once it is gone, for whatever reason, and everything it said is read. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** The last lines it said, on standard output and on standard error, the newest last. */
  lastWords(): { readonly stdout: readonly string[]; readonly stderr: readonly string[] };
  isAlive(): boolean;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the first line that `matches`, also one said before. @throws when it ends without */
  line(matches: (line: string) => boolean): Promise<string>;
}

/** Lines kept of each stream. */
const LAST_WORDS = 20;

export interface ProgramOptions {
  /** What Node is given. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** Starts it. Its standard input is ours, so that a server under a supervisor's rule ends with us. */
export function startProgram(options: ProgramOptions): RunningProgram {
  const child = spawn(process.execPath, [...options.args], {
    env: {
      ...processEnvironment(),
      NODE_COMPILE_CACHE: join(tmpdir(), `ob-chaos-compiled-${process.getuid?.() ?? "user"}`),
      ...options.environment,
    },
    stdio: ["pipe", "pipe", "pipe"],
    // Ctrl-C is for us: it must not end what an episode still plays on.
    detached: true,
  });
  child.stdin.on("error", () => {});
  const lines: string[] = [];
  const last: Record<"stdout" | "stderr", string[]> = { stdout: [], stderr: [] };
  const waiting = new Set<(line: string) => void>();
  for (const name of ["stdout", "stderr"] as const) {
    let rest = "";
    child[name].setEncoding("utf8").on("data", (text: string) => {
      appendFileSync(options.logFile, text);
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      last[name] = [...last[name], ...parts].slice(-LAST_WORDS);
      for (const line of parts) {
        // Only what comes early is asked for afterwards.
        if (lines.length < 200) lines.push(line);
        for (const tell of waiting) tell(line);
      }
    });
  }
  const exited = once(child, "close").then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
  }));
  return {
    pid: child.pid ?? 0,
    exited,
    lastWords: () => last,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: (signal) => void child.kill(signal),
    async line(matches) {
      const said = lines.find(matches);
      if (said !== undefined) return said;
      const found = Promise.withResolvers<string>();
      const tell = (line: string) => {
        if (matches(line)) found.resolve(line);
      };
      waiting.add(tell);
      const gone = exited.then(({ code, signal }) => {
        const said = [...last.stdout, ...last.stderr].join("\n");
        throw new Error(`it ended (${code ?? signal}):\n${said}`);
      });
      gone.catch(() => {});
      return await Promise.race([found.promise, gone]).finally(() => waiting.delete(tell));
    },
  };
}
