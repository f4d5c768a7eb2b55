import fc from "fast-check";
import { expect, inject, test } from "vitest";
import { setup } from "../src/testing/index.ts";
import { CREDITS, Life } from "./lifecycle/life.ts";
import { step, type Step } from "./lifecycle/steps.ts";

// Random worlds over the real database and the real driver's verbs: submits that fail in every way,
// reports in any order, wishes, webhooks of any id, processes that die, disks that are full. After
// every step all invariants hold; at the end everything has ended and the credits add up. A few of
// them: the many are in `worlds/`, over rows that are held equal to the database's.

const STEPS = 40;
const LIVES = 3;

/** The first life of each world: one job is drawn, one is cancelled, whatever else is drawn by lot. */
const ORDINARY: Step[] = [
  { do: "create", mode: "fast" },
  { do: "create", mode: "fast" },
  { do: "drive" },
  { do: "report", run: 0, as: "completed" },
  { do: "cancel", job: 1 },
  { do: "advance", ms: 5_000 },
  { do: "drive" },
];

/** Worlds of their own, so that none grows too large to be checked after every step. */
const worlds = Array.from({ length: inject("rounds") }, (_, n) => n + 1);

test.each(worlds)(
  "whatever happens, no job runs twice at once, no credit is lost, and everything ends (%i)",
  async () => {
    const world = await setup({ poolSize: 2 });
    const endings = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: STEPS }), async (steps) => {
        const caller = await world.addOwner(CREDITS);
        const picture = { kind: "image", width: 96, height: 64 } as const;
        const life = new Life(world, caller, await world.addAsset(caller, picture));
        for (const next of steps) {
          await life.take(next);
          expect(await life.jobsRunTwice()).toEqual([]);
        }
        await life.settle();
        const { open, balance, owed } = await life.account();
        expect({ open, balance }).toEqual({ open: 0, balance: owed });
      }),
      { numRuns: LIVES, endOnFailure: true, examples: [[ORDINARY]] },
    );
    const rows = await world.sql<{ status: string; n: number }[]>`
    select status, count(*)::int as n from jobs group by status`;
    for (const { status, n } of rows) endings.set(status, n);
    // A model whose jobs never come to any of the ends would prove nothing.
    expect([...endings.keys()].length).toBeGreaterThan(1);
  },
);
