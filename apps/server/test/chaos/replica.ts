import { isProcessAlive } from "@ob/db/embedded";
import type { Failpoint } from "@ob/api";
import type { Counters } from "./counters.ts";
import { createTurns } from "./in-turn.ts";
import { type RunningProgram, startProgram } from "./running-program.ts";

/** Where one replica is to die. */
export interface Death {
  readonly name: Failpoint;
  readonly nth: number;
}

/** A process that ended although nobody had told it to and no failpoint was its end. */
export interface OwnDeath {
  /** Which process. */
  readonly name: string;
  readonly pid: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords: ReturnType<RunningProgram["lastWords"]>;
}

/** Why a process is gone. */
export type EndedBy = "us" | "its failpoint" | "itself";

/** One server, always on the same port, that is started, killed, paused and started again. */
export interface Replica {
  readonly name: string;
  readonly port: number;
  /** Serves requests now. */
  isServing(): boolean;
  pid(): number | null;
  /** Starts it and waits until it listens, or until it has died where it was told to. */
  start(death?: Death | null): Promise<void>;
  /** Resolves when it is gone; at once, with null, when it never ran. */
  gone(): Promise<EndedBy | null>;
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
  /** Told of each death of its own, after which it is started again. */
  readonly onOwnDeath: (death: OwnDeath) => void;
}

interface Run {
  readonly program: RunningProgram;
  readonly ended: Promise<EndedBy>;
  toldToEnd: boolean;
}

/** One that dies this often before it listens will not come back by being started again. */
const RESTARTS_IN_A_ROW = 3;

/** Makes a replica that does not run yet. What is asked of it at once is done one after the other. */
export function createReplica(options: ReplicaOptions): Replica {
  const { name, port, counters } = options;
  const inTurn = createTurns();
  let run: Run | null = null;
  let serving = false;
  let restarts = 0;
  const live = () => (run !== null && run.program.isAlive() ? run : null);

  function follow(program: RunningProgram, planned: Death | null): Run {
    const ended = program.exited.then((end): EndedBy => {
      if (run === started) serving = false;
      const by = started.toldToEnd ? "us" : reachedFailpoint(program) ? "its failpoint" : "itself";
      const point = by === "us" ? "at random" : planned?.name;
      if (by !== "itself" && end.signal === "SIGKILL" && point !== undefined) {
        counters.kills[point] = (counters.kills[point] ?? 0) + 1;
      }
      if (by === "itself") {
        options.onOwnDeath({ name, pid: program.pid, ...end, lastWords: program.lastWords() });
        void inTurn(restart).catch(() => {});
      }
      return by;
    });
    const started: Run = { program, ended, toldToEnd: false };
    return started;
  }

  /** Nobody may have to wait for one that died by itself. */
  async function restart(): Promise<void> {
    restarts += 1;
    if (restarts <= RESTARTS_IN_A_ROW) await launch(null);
  }

  async function launch(planned: Death | null): Promise<void> {
    if (live() !== null) return;
    const startedMs = performance.now();
    const program = startProgram({
      args: options.args,
      environment: {
        ...options.environment,
        PORT: String(port),
        OB_SUPERVISED: "1",
        ...(planned === null ? {} : { FAILPOINT: `${planned.name}:${planned.nth}` }),
      },
      logFile: options.logFile,
    });
    const started = follow(program, planned);
    run = started;
    try {
      await program.line((line) => line.includes('"event":"listening"'));
      serving = program.isAlive();
      restarts = 0;
      counters.serverBackMs.push(Math.round(performance.now() - startedMs));
    } catch (thrown) {
      // A job that waited may pass the point before the server has said that it listens.
      if ((await started.ended) !== "its failpoint") throw thrown;
    }
  }

  async function finish(signal: "SIGKILL" | "SIGTERM"): Promise<{ code: number | null }> {
    const running = live();
    if (running === null) return { code: null };
    running.toldToEnd = true;
    serving = false;
    running.program.kill(signal);
    return await running.program.exited;
  }

  return {
    name,
    port,
    isServing: () => serving,
    pid: () => live()?.program.pid ?? null,
    start: (planned = null) => inTurn(() => launch(planned)),
    gone: async () => (await run?.ended) ?? null,
    kill: () => inTurn(async () => void (await finish("SIGKILL"))),
    end: () =>
      inTurn(async () => {
        const startedMs = performance.now();
        const { code } = await finish("SIGTERM");
        return { code, ms: Math.round(performance.now() - startedMs) };
      }),
    pause: () => live()?.program.kill("SIGSTOP"),
    resume: () => live()?.program.kill("SIGCONT"),
  };
}

function reachedFailpoint(program: RunningProgram): boolean {
  return program.lastWords().stderr.some((line) => line.includes('"event":"failpoint.reached"'));
}

/** Those of the processes that are still there. */
export async function stillAlive(pids: Iterable<number>): Promise<number[]> {
  const alive: number[] = [];
  for (const pid of pids) if (await isProcessAlive(pid)) alive.push(pid);
  return alive;
}
