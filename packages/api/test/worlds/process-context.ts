import { ImageError } from "@ob/imaging";
import type { GpuBackend } from "@ob/runpod";
import type { ServiceRegistry } from "@ob/workflow";
import { DEFAULT_GPU_SETTINGS, type GpuSettings } from "../../src/domain/gpu-settings.ts";
import type { ObjectStore } from "../../src/services/context.ts";
import { createGpuFleet } from "../../src/services/gpus/gpu-fleet.ts";
import type { DriveContext } from "../../src/services/jobs/drive/drive-context.ts";
import type { DriveRows } from "../../src/services/jobs/drive/drive-rows.ts";
import type { MemoryStore } from "../../src/testing/memory-store.ts";
import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import { createStubImaging } from "../../src/testing/stub-imaging.ts";
import type { Fault } from "./faults.ts";
import type { Replica } from "./replica.ts";

export interface ProcessOptions {
  readonly replica: Replica;
  readonly random: SeededRandom;
  readonly rows: DriveRows;
  readonly store: MemoryStore;
  readonly gpu: GpuBackend;
  readonly registry: ServiceRegistry;
  readonly settings: Partial<GpuSettings>;
  readonly trouble: () => number;
  /** Nothing can be stored at this moment. */
  readonly storeIsAway: () => boolean;
  readonly fault: (fault: Fault) => void;
  readonly driveSoon: (jobId: string) => void;
  readonly newId: () => string;
  readonly onLog: (event: string) => void;
}

/** Everything the lifecycle is given, its real code apart: rows, store, imaging and GPU behind a network. */
export function createProcessContext(o: ProcessOptions): DriveContext {
  const { replica, random } = o;
  let drawn = 0;
  return {
    rows: overNetwork(o),
    store: createStore(o),
    imaging: createImaging(o),
    gpus: createGpuFleet({ backends: [o.gpu], now: () => replica.now() }),
    gpuSettings: { ...DEFAULT_GPU_SETTINGS, ...o.settings },
    registry: o.registry,
    doorbell: { ring() {}, listen: () => ({ next: async () => "timeout", saw() {}, close() {} }) },
    driveSoon: o.driveSoon,
    log: { info: o.onLog, warn: o.onLog, error: o.onLog },
    failpoint: (name) => replica.failpoint(name),
    now: () => replica.now(),
    newId: o.newId,
    randomBytes(size) {
      drawn += 1;
      // Nobody else draws the same: each process has its name in it.
      const bytes = Buffer.alloc(size);
      bytes.write(`${replica.name} ${drawn}`);
      return bytes;
    },
    settings: {
      guestCredits: 0,
      guestGrantsPerHour: 0,
      isSimulated: true,
      webhookOrigin: "http://world.test",
    },
    random: () => random.next(),
    pause: (ms) => replica.call({ delayMs: ms }, () => {}),
  };
}

/** The same rows, each call at its own moment, which may never come or never be heard of. */
function overNetwork({ rows, replica, random, trouble, fault }: ProcessOptions): DriveRows {
  function call<Asked extends unknown[], Answer>(act: (...asked: Asked) => Promise<Answer>) {
    return (...asked: Asked): Promise<Answer> => {
      const lot = random.next() / Math.max(trouble(), 1e-9);
      const delayMs = random.chance(0.02) ? random.between(10, 2_000) : random.between(1, 6);
      return replica.call({ delayMs }, async () => {
        if (lot < 0.004) {
          fault("database: away");
          throw new Error("the database is away");
        }
        const answer = await act(...asked);
        if (lot > 0.007) return answer;
        fault("database: answer lost");
        throw new Error("the connection was lost");
      });
    };
  }
  return {
    create: call(rows.create),
    apply: call(rows.apply),
    applyAttempt: call(rows.applyAttempt),
    intend: call(rows.intend),
    wake: call(rows.wake),
    wakeByToken: call(rows.wakeByToken),
    claimDue: call(rows.claimDue),
    renewLease: call(rows.renewLease),
    schedule: call(rows.schedule),
    read: call(rows.read),
    readOwned: call(rows.readOwned),
    readAttempt: call(rows.readAttempt),
    countSlotsTaken: call(rows.countSlotsTaken),
    countQueuedAhead: call(rows.countQueuedAhead),
    findNextWaiting: call(rows.findNextWaiting),
    planErasures: call(rows.planErasures),
    takeBackErasures: call(rows.takeBackErasures),
    noteCollectTrouble: call(rows.noteCollectTrouble),
  };
}

function createStore(o: ProcessOptions): ObjectStore {
  const { store, replica, random, trouble, fault } = o;
  return {
    ...store,
    get: (key) => replica.call({ delayMs: 1 }, () => store.get(key)),
    head: (key) => replica.call({ delayMs: 1 }, () => store.head(key)),
    put: (key, bytes, type) =>
      replica.call({ delayMs: random.between(1, 40) }, async () => {
        if (o.storeIsAway()) {
          fault("store: away");
          throw new Error("the store is away");
        }
        const goesWrong = random.chance(0.06 * trouble());
        if (goesWrong && random.chance(0.5)) {
          fault("store: put fails");
          throw new Error("the disk is full");
        }
        await store.put(key, bytes, type);
        if (!goesWrong) return;
        fault("store: put fails after its effect");
        throw new Error("the connection was lost");
      }),
  };
}

function createImaging({
  replica,
  random,
  trouble,
  fault,
}: ProcessOptions): DriveContext["imaging"] {
  const stub = createStubImaging();
  return {
    ...stub,
    prepareInputs: (request) =>
      replica.call({ delayMs: random.between(5, 60) }, () => {
        if (random.chance(0.01 * trouble())) {
          fault("imaging: cannot prepare");
          throw new ImageError("IMAGE_UNREADABLE", "nobody can read this");
        }
        return stub.prepareInputs(request);
      }),
    finishResult: (request) =>
      replica.call({ delayMs: random.between(5, 90) }, () => {
        const lot = random.next() / Math.max(trouble(), 1e-9);
        if (lot < 0.015) {
          fault("imaging: cannot decode");
          throw new ImageError("IMAGE_UNREADABLE", "nobody can read this");
        }
        if (lot < 0.03) {
          fault("imaging: trips");
          throw new Error("out of memory");
        }
        return stub.finishResult(request);
      }),
  };
}
