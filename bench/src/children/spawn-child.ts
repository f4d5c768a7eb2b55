import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { z } from "zod";

/** A process of the harness that answers questions. */
export interface Child {
  readonly pid: number;
  /** Asks and parses the answer. @throws what the child threw, or when it has ended */
  ask<Answer>(question: string, input: object, answer: z.ZodType<Answer>): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts `<file>` of this folder; what it prints goes to our stderr. */
export function spawnChild(file: string): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: [...process.execArgv, "--expose-gc"],
    // Our own stdout carries one JSON document and nothing else.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} did not start`);
  const desk = createDesk(child, file);
  return {
    pid,
    ask: async (question, input, answer) => answer.parse(await desk.ask(question, input)),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.disconnect();
      const kill = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await gone;
      clearTimeout(kill);
    },
  };
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

function createDesk(child: ChildProcess, file: string) {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  child.on("message", (message: { id: number; answer?: unknown; error?: string }) => {
    const who = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) who?.resolve(message.answer);
    else who?.reject(new Error(`${file}: ${message.error}`));
  });
  child.on("exit", (code, signal) => {
    for (const who of waiting.values()) {
      who.reject(new Error(`${file} ended (${code ?? signal ?? "?"})`));
    }
    waiting.clear();
  });
  return {
    ask(question: string, input: object): Promise<unknown> {
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, question, input }, (error) => {
          if (error !== null) reject(error);
        });
      });
    },
  };
}
