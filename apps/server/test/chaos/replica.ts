import { isProcessAlive } from "@ob/db/embedded";
import type { Failpoint } from "@ob/api";
import type { Counters } from "./counters.ts";
import { type RunningProgram, startProgram } from "./running-program.ts";

/** Where one replica is to die. */
export interface Death {
  readonly name: Failpoint;
  readonly nth: number;
}

/** One server, always on the same port, that is started, killed, paused and started again. */
export interface Replica {
  readonly name: string;
  readonly port: number;
  /** Serves requests now. */
  isServing(): boolean;
  pid(): number | null;
  /** Starts it and waits until it listens, or until it has died where it was told to. */
  start(death?: Death | null): Promise<void>;
  /** Resolves when it has died at its failpoint or otherwise; at once when it does not run. */
  gone(): Promise<void>;
  kill(): Promise<void>;
  /** SIGTERM. @returns its exit code and how long it took */
  end(): Promise<{ code: number | null; ms: number }>;
  /** SIGSTOP: it stands still, and everybody else goes on. */
  pause(): void;
  resume(): void;
}

export interface ReplicaOptions {
  readonly name: string;
  readonly port: number;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly counters: Counters;
}

/** Makes a replica that does not run yet. */
export function createReplica(options: ReplicaOptions): Replica {
  const { name, port, counters } = options;
  let program: RunningProgram | null = null;
  let death: Death | null = null;
  let serving = false;
  const live = () => (program !== null && program.isAlive() ? program : null);

  function follow(started: RunningProgram, planned: Death | null): void {
    void started.exited.then(({ signal }) => {
      if (program === started) serving = false;
      if (signal !== "SIGKILL") return;
      const point = planned === null || !isDead(started) ? "at random" : planned.name;
      counters.kills[point] = (counters.kills[point] ?? 0) + 1;
    });
  }
  const killedByUs = new Set<number>();
  const isDead = (started: RunningProgram) => !killedByUs.has(started.pid);

  return {
    name,
    port,
    isServing: () => serving,
    pid: () => live()?.pid ?? null,
    async start(planned = null) {
      if (live() !== null) return;
      death = planned;
      const startedMs = performance.now();
      const started = startProgram({
        args: options.args,
        environment: {
          ...options.environment,
          PORT: String(port),
          OB_SUPERVISED: "1",
          ...(death === null ? {} : { FAILPOINT: `${death.name}:${death.nth}` }),
        },
        logFile: options.logFile,
      });
      program = started;
      follow(started, planned);
      try {
        await started.line((line) => line.includes('"event":"listening"'));
        serving = started.isAlive();
        counters.serverBackMs.push(Math.round(performance.now() - startedMs));
      } catch (thrown) {
        // A job that waited may pass the point before the server has said that it listens.
        const { signal } = await started.exited;
        if (planned === null || signal !== "SIGKILL") throw thrown;
      }
    },
    async gone() {
      await program?.exited;
    },
    async kill() {
      const running = live();
      if (running === null) return;
      killedByUs.add(running.pid);
      serving = false;
      running.kill("SIGKILL");
      await running.exited;
    },
    async end() {
      const running = live();
      if (running === null) return { code: null, ms: 0 };
      const startedMs = performance.now();
      serving = false;
      running.kill("SIGTERM");
      const { code } = await running.exited;
      return { code, ms: Math.round(performance.now() - startedMs) };
    },
    pause: () => live()?.kill("SIGSTOP"),
    resume: () => live()?.kill("SIGCONT"),
  };
}

/** Those of the processes that are still there. */
export async function stillAlive(pids: Iterable<number>): Promise<number[]> {
  const alive: number[] = [];
  for (const pid of pids) if (await isProcessAlive(pid)) alive.push(pid);
  return alive;
}
