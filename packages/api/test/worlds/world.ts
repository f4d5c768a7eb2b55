import type { ServiceRegistry } from "@ob/workflow";
import { createMemoryDriveRows } from "../../src/testing/memory-rows/memory-drive-rows.ts";
import {
  findAttempt,
  isLive as isLiveAttempt,
} from "../../src/testing/memory-rows/memory-tables.ts";
import type { RowRefused } from "../../src/testing/memory-rows/row-refused.ts";
import { createMemoryStore } from "../../src/testing/memory-store.ts";
import { createSeededRandom } from "../../src/testing/seeded-random.ts";
import { createWorldCheck, Violation } from "./check-world.ts";
import { checkBirth, checkKept, overdue } from "./check-births.ts";
import type { Fault } from "./faults.ts";
import { createLooks } from "./looks.ts";
import { createGpuFace } from "./gpu-face.ts";
import { createGpuTruth } from "./gpu-truth.ts";
import { admitPeople, cancel, LAST_ASK_MS, type PeopleOptions } from "./people.ts";
import { createProcessContext } from "./process-context.ts";
import { createReplica } from "./replica.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";
import { createServerProcess, type ServerProcess } from "./server-process.ts";
import { createTroubles } from "./troubles.ts";
import { createWatchedTables, type WatchedTables } from "./watch-tables.ts";
import { type BellOptions, ringBell } from "./webhooks.ts";

const START_MS = Date.UTC(2026, 10, 22, 8);
const GRANTED = 24;
/** How often it is asked who has outlived his time. */
const ROLL_CALL_MS = 20_000;
/** By then whoever was told "accepted" has written it down. */
const SETTLED_MS = 30_000;

export interface WorldOptions {
  readonly seed: number;
  readonly registry: ServiceRegistry;
  readonly fault: (fault: Fault) => void;
  /** A move of a job: from which status, by which event. */
  readonly onEvent: (from: string, event: string) => void;
}

/** A world in the making: everything in it happens by its scheduler alone. */
export interface World {
  readonly scheduler: Scheduler;
  readonly tables: WatchedTables;
  /** Whether anybody was told anything since the last call. */
  takeStirred(): boolean;
  /** Checks every invariant on what was written. @throws {Violation} */
  afterStep(): void;
  /** Everything was asked, every job has ended, and no attempt lives. */
  isOver(): boolean;
}

/** Makes the world of a seed. */
export function createWorld(o: WorldOptions): World {
  const random = createSeededRandom(o.seed);
  const scheduler = createScheduler(START_MS);
  const tables = createWatchedTables();
  const store = createMemoryStore();
  void store.put("assets/photo.png", Buffer.from("a photo"), "image/png");
  const maxInFlight = random.between(1, 5);
  const troubles = createTroubles({ scheduler, random: random.fork("troubles") });
  const newId = createIds();
  const servers: ServerProcess[] = [];
  let nextRollCallMs = START_MS;
  let stirred = false;
  let broken: Violation | null = null;
  const fail = (what: string) => {
    broken ??= new Violation(what);
  };
  const pickServer = (): ServerProcess | null => {
    const up = servers.filter(({ replica }) => replica.isAlive);
    return up.length === 0 ? null : random.pick(up);
  };
  const people: PeopleOptions = {
    scheduler,
    tables,
    newId,
    granted: GRANTED,
    fault: o.fault,
    random: random.fork("people"),
    server: pickServer,
    onTrouble: (error) => onTrouble(error),
  };
  const bell: BellOptions = {
    scheduler,
    random: random.fork("bell"),
    server: pickServer,
    fault: o.fault,
    truth: () => truth,
  };
  const truth = createGpuTruth({
    scheduler,
    random: random.fork("gpu"),
    fault: o.fault,
    onBorn: (run, isLive) =>
      checkBirth(
        {
          tables,
          truth,
          fail,
        },
        run,
        isLive,
      ),
    onWebhook: (run) => ringBell(bell, run),
  });
  const check = createWorldCheck({
    tables,
    store,
    truth,
    maxInFlight,
    granted: GRANTED,
    onEvent: o.onEvent,
  });
  const onTrouble = (error: unknown) => {
    // Whatever the network did is somebody's lot; a refusal of the database is told elsewhere.
    if (error instanceof TypeError || error instanceof RangeError)
      fail(`it tripped: ${error.stack}`);
  };

  function startServer(n: number): void {
    const skewMs = random.chance(0.3) ? random.between(-3_000, 3_000) : 0;
    if (skewMs !== 0) o.fault("clock: skewed");
    const troubled = new Set<string>();
    const replica = createReplica({
      name: `replica-${n}`,
      scheduler,
      random: random.fork(`replica ${n}`),
      skewMs,
      crashChance: () => 0.012 * troubles.level(),
      fault: o.fault,
      onDeath: () => scheduler.after(random.between(500, 3e4), () => startServer(n + 10)),
      onStir: () => {
        stirred = true;
      },
      onRefusal: (refused: RowRefused) => fail(`the database refused: ${refused.message}`),
    });
    const lots = random.fork(`lots ${n}`);
    const gpu = createGpuFace({
      replica,
      scheduler,
      random: lots,
      truth,
      fault: o.fault,
      voice: troubles.voice,
      trouble: troubles.level,
      onAsked(id) {
        const run = truth.find(id);
        if (run === undefined || truth.isLive(run) || !lots.chance(0.1 * troubles.level())) return;
        changeMind(run.filePrefix);
      },
      onAccepted(filePrefix, id) {
        const check = () => {
          const attempt = findAttempt(tables, (one) => one.filePrefix === filePrefix);
          if (attempt === null || troubled.has(attempt.jobId)) return;
          checkKept({ fail }, attempt, id);
        };
        // Twice: what fires at the end of a pause has left the process no time to write.
        replica.later(SETTLED_MS, () => replica.later(SETTLED_MS, check));
      },
    });
    const ctx = createProcessContext({
      replica,
      random: lots,
      rows: createMemoryDriveRows(tables),
      store,
      gpu,
      newId,
      registry: o.registry,
      settings: { maxInFlight },
      fault: o.fault,
      trouble: troubles.level,
      storeIsAway: troubles.storeIsAway,
      driveSoon: (jobId) => replica.later(1, () => server.look(jobId)),
      onLog(event) {
        if (event === "job.stuck") fail("a job goes round in circles");
        if (event === "attempt.bound-by-webhook") o.fault("webhook: bound");
      },
    });
    const server = createServerProcess({
      replica,
      ctx,
      fault: o.fault,
      onTrouble(jobId, error) {
        troubled.add(jobId);
        onTrouble(error);
      },
    });
    servers.push(server);
    if (random.chance(0.15 * troubles.level())) {
      replica.later(random.below(900_000), () => {
        o.fault("process: killed at any moment");
        replica.die();
      });
    }
  }

  /** Somebody cancels in the very moment in which his job's end is being told. */
  function changeMind(filePrefix: string): void {
    const attempt = findAttempt(tables, (one) => one.filePrefix === filePrefix);
    const job = attempt && tables.jobs.get(attempt.jobId);
    if (job) cancel(people, { jobId: job.id, ownerId: job.ownerId });
  }

  const looks = createLooks({ scheduler, tables, pick: pickServer, random: random.fork("looks") });
  for (let n = 1; n <= random.between(1, 4); n += 1) startServer(n);
  admitPeople(people);
  return {
    scheduler,
    tables,
    takeStirred() {
      const before = stirred;
      stirred = false;
      return before;
    },
    afterStep() {
      if (broken !== null) throw broken;
      if (check.afterStep()) looks.plan();
      if (scheduler.nowMs < nextRollCallMs) return;
      nextRollCallMs = scheduler.nowMs + ROLL_CALL_MS;
      const late = overdue(tables, scheduler.nowMs);
      if (late !== null) throw new Violation(late);
    },
    isOver: () =>
      scheduler.nowMs > START_MS + LAST_ASK_MS &&
      [...tables.jobs.values()].every(({ finishedAt }) => finishedAt !== null) &&
      [...tables.attempts.values()].every((ofJob) => !ofJob.some(isLiveAttempt)),
  };
}

/** Ids that count, in the form the rows want. */
function createIds(): () => string {
  let given = 0;
  return () => {
    given += 1;
    return `00000000-0000-4000-8000-${given.toString(16).padStart(12, "0")}`;
  };
}
