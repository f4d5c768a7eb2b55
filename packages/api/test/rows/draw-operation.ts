import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import { drawApply, drawMove, type Operation, type Subjects } from "./random-operations.ts";

/** Everything that may be called, and how often. */
const WEIGHTS = {
  apply: 36,
  applyAttempt: 14,
  intend: 14,
  wake: 3,
  wakeByToken: 3,
  claimDue: 8,
  renewLease: 5,
  schedule: 6,
  reads: 8,
  erasures: 3,
} as const;

export type OperationName = keyof typeof WEIGHTS;

/** Draws one call on the port. */
export function drawOperation(random: SeededRandom, subjects: Subjects): Operation {
  const { now, newId } = subjects;
  const jobId = random.chance(0.05) ? newId() : random.pick(subjects.jobs).id;
  const lease = { jobId, leaseOwner: random.pick(["one", "two"]), now };
  const name = random.weighted(WEIGHTS);
  const call = (run: Operation["run"]): Operation => ({ name, run });
  switch (name) {
    case "apply": {
      const move = drawApply(random, subjects);
      return call((rows) => rows.apply(move));
    }
    case "applyAttempt": {
      const { id: attemptId, from, to, ...patch } = drawMove(random, subjects, jobId);
      const due = random.chance(0.3) ? { jobDueAt: random.pick([null, now]) } : {};
      return call((rows) => rows.applyAttempt({ attemptId, from, to, patch, now, ...due }));
    }
    case "intend":
      return drawIntend(
        random,
        subjects,
        random.chance(0.3) ? jobId : waitingJob(random, subjects),
      );
    case "wake":
      return call((rows) => rows.wake({ jobId, now }));
    case "wakeByToken": {
      const { id } = random.pick([...subjects.attempts, { id: newId() }]);
      return call((rows) => rows.wakeByToken({ tokenSha256: `token-${id}`, now }));
    }
    case "claimDue": {
      const { leaseOwner } = lease;
      const one = random.chance(0.5) ? { jobId } : {};
      const limit = random.between(1, 4);
      return call((rows) => rows.claimDue({ limit, leaseOwner, leaseMs: 20_000, now, ...one }));
    }
    case "renewLease":
      return call((rows) => rows.renewLease({ ...lease, leaseMs: 20_000 }));
    case "schedule": {
      const wakesSeen = random.below(3);
      const dueAt = random.pick([null, now, new Date(now.getTime() + 9_000)]);
      return call((rows) => rows.schedule({ ...lease, wakesSeen, dueAt }));
    }
    case "reads":
      return drawReads(random, subjects, jobId);
    case "erasures": {
      const keys = [
        random.pick([`results/shared-${subjects.backend}.png`, `results/${newId()}.png`]),
      ];
      const plan = random.chance(0.6);
      return call((rows) =>
        plan ? rows.planErasures({ keys, dueAt: now }) : rows.takeBackErasures(keys),
      );
    }
  }
}

/** One that has no attempt yet and waits for one, or any. */
function waitingJob(random: SeededRandom, { jobs, attempts }: Subjects): string {
  const waiting = jobs.filter(
    ({ id, status }) => status === "queued" && !attempts.some(({ jobId }) => jobId === id),
  );
  return random.pick(waiting.length > 0 ? waiting : jobs).id;
}

function drawIntend(random: SeededRandom, { now, newId }: Subjects, jobId: string): Operation {
  const attemptId = newId();
  const request = {
    attemptId,
    jobId,
    maxInFlight: random.between(1, 6),
    maxTries: random.between(2, 9),
    variant: "fast",
    graphHash: "graph",
    filePrefix: `out-${attemptId}`,
    imageName: "in.png",
    extraImageNames: random.pick([[], ["in2.png"]]),
    maskName: random.pick([null, "mask.png"]),
    tokenSha256: `token-${attemptId}`,
    deadAfter: new Date(now.getTime() + random.pick([1, 60_000])),
    deadlineAt: new Date(now.getTime() + random.pick([30_000, 900_000])),
    now,
  };
  return { name: "intend", run: (rows) => rows.intend(request) };
}

function drawReads(random: SeededRandom, subjects: Subjects, jobId: string): Operation {
  const { now, newId, backend } = subjects;
  const attemptId = random.pick([...subjects.attempts, { id: newId() }]).id;
  const failedBefore = new Date(now.getTime() - random.below(60_000));
  const asStranger = random.chance(0.3);
  return {
    name: "reads",
    async run(rows) {
      const state = await rows.read({ jobId, now });
      return {
        state,
        attempt: await rows.readAttempt(attemptId),
        taken: await rows.countSlotsTaken(backend),
        next: await rows.findNextWaiting({ backend, now, failedBefore }),
        ahead: state === null ? null : await rows.countQueuedAhead(state.job),
        owned:
          state === null
            ? null
            : await rows.readOwned({ jobId, ownerId: asStranger ? jobId : state.job.ownerId }),
      };
    },
  };
}
