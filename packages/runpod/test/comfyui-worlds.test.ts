import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { attemptsOf } from "./support/comfyui-attempt.ts";
import { simulatedComfyui, type SimulatedComfyui } from "./support/simulated-comfyui.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";

const signal = new AbortController().signal;
const attemptOf = attemptsOf(simulatedEdit());

const TTL_MS = 6_000;
const MISHAPS = [
  "hang",
  "oom",
  "late-progress",
  "accept-then-drop",
  "accept-then-502",
  "error-500",
  "unavailable",
  "login-page",
  "drop-sockets",
  "restart",
] as const;

const Step = fc.oneof(
  fc.record({ do: fc.constant("submit" as const) }),
  fc.record({ do: fc.constant("cancel" as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant("report" as const), which: fc.nat(5), other: fc.boolean() }),
  fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ do: fc.constant("mishap" as const), scenario: fc.constantFrom(...MISHAPS) }),
  fc.record({ do: fc.constant("foreign" as const) }),
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  it: SimulatedComfyui;
  /** Ids that may be queued, by what their submit proved. */
  known: { id: string; submittedAtMs: number }[];
  /** What an attempt was reported dead as: it may never be seen alive again. */
  dead: Map<string, string>;
  count: number;
}

/** The GPU side may refuse to answer; that proves nothing and changes nothing. */
async function quietly<T>(question: Promise<T>): Promise<T | null> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && error.name === "GpuUnavailable") return null;
    throw error;
  }
}

async function take(world: World, step: Step): Promise<void> {
  const { it, known } = world;
  switch (step.do) {
    case "submit": {
      world.count += 1;
      const attempt = await attemptOf(`ob-world-${world.count}`, { ttlMs: TTL_MS });
      const submittedAtMs = it.clock.now();
      const outcome = await it.backend.submit(attempt, { signal });
      if (outcome.kind === "accepted") known.push({ id: outcome.runpodJobId, submittedAtMs });
      return;
    }
    case "cancel": {
      const prompt = known[step.which % Math.max(1, known.length)];
      if (prompt !== undefined) await quietly(it.backend.cancel(prompt.id, signal));
      return;
    }
    case "report": {
      const prompt = known[step.which % Math.max(1, known.length)];
      if (prompt === undefined) return;
      const backend = step.other ? it.otherBackend() : it.backend;
      const report = await quietly(backend.report(prompt.id, signal));
      if (report !== null) judge(world, prompt, report.kind);
      return;
    }
    case "pass":
      return it.clock.advance(step.ms);
    case "mishap":
      return it.control(step.scenario, 3);
    case "foreign":
      return it.control("foreign");
  }
}

function judge(world: World, prompt: World["known"][number], kind: string): void {
  const { it, dead } = world;
  const truth = it.simulator.truth().find(({ id }) => id === prompt.id);
  const isAlive = truth?.status === "IN_QUEUE" || truth?.status === "IN_PROGRESS";
  const isReportedAlive = kind === "waiting" || kind === "running";
  // A report says how things are, and what is past its TTL is not left alive by who looks.
  expect(isReportedAlive).toBe(isAlive);
  if (isAlive) expect(it.clock.now()).toBeLessThan(prompt.submittedAtMs + TTL_MS);
  if (kind === "completed") expect(truth?.status).toBe("COMPLETED");
  if (dead.has(prompt.id)) expect(isReportedAlive).toBe(false);
  if (!isReportedAlive) dead.set(prompt.id, kind);
}

test("whatever happens, reports are true, ends are final, limits hold, and others are left alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await using it = await simulatedComfyui({ interruptsAnything: true });
      const world: World = { it, known: [], dead: new Map(), count: 0 };
      for (const step of steps) await take(world, step);
      it.control("ok");
      // One look at the end is enough, whoever takes it, for nothing of ours to outlive its TTL.
      await it.clock.advance(TTL_MS);
      await it.otherBackend().health(signal);
      expect(it.live()).toBe(0);
      const foreign = it.simulator.truth().filter(({ isForeign }) => isForeign);
      expect(foreign.filter(({ wasInterrupted }) => wasInterrupted)).toEqual([]);
      expect(foreign.filter(({ status }) => status === "CANCELLED")).toEqual([]);
    }),
    { numRuns: 12 * inject("rounds"), seed: 20_261_122, endOnFailure: true },
  );
});
