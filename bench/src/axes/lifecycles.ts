import { createGpuFleet } from "@ob/api";
import { openDb } from "@ob/db";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { audit } from "../audit.ts";
import { measureCost, type RoundCost } from "../measure-cost.ts";
import { serviceLifecycle } from "../lifecycles/service-lifecycle.ts";
import { sqlLifecycle } from "../lifecycles/sql-lifecycle.ts";
import { drizzleLifecycle, makeDrizzleTables } from "../peers/drizzle-lifecycle.ts";
import { atLeast, atMost, type AxisReport, type Figure, type Role } from "../report/axis-report.ts";
import { runCallers } from "../run-callers.ts";
import { keepSteady, median } from "../statistics.ts";
import { addPeople } from "../world/add-person.ts";
import { createInstantGpu } from "../world/instant-gpu.ts";
import { openServices } from "../world/open-services.ts";
import { writeFloor } from "../write-floor.ts";
import { type AxisContext, sized } from "./axis-context.ts";

const POOL_SIZE = 16;
const MOST_CALLERS = 32;
const PEOPLE = 1_000;
const FLOOR_WRITES = 100;

interface Mode {
  readonly name: string;
  readonly role: Role;
  readonly callers: number;
  readonly once: (caller: number) => Promise<void>;
}

type Round = { readonly floorMs: number; readonly costs: ReadonlyMap<string, RoundCost> };

/** Axis 8: whole lifecycles per second, durable, with an exact ledger. */
export async function measureLifecycles(ctx: AxisContext): Promise<AxisReport> {
  const startedMs = performance.now();
  const world = await openWorld(ctx);
  try {
    const rounds: Round[] = [];
    // The first warms up: compiled code, prepared statements, pages in memory.
    await runRound(ctx, world, { ms: sized(ctx, { full: 1_000, quick: 100 }) });
    const ms = sized(ctx, { full: 2_500, quick: 300 });
    for (let n = 1; n <= sized(ctx, { full: 5, quick: 1 }); n += 1) {
      ctx.say(`lifecycles: round ${n}`);
      rounds.push(await runRound(ctx, world, { ms }));
    }
    const steady = keepSteady(rounds, ({ floorMs }) => floorMs);
    return {
      axis: "8",
      title: "whole job lifecycles per second",
      figures: world.modes.map((mode) => toFigure(mode, steady.kept)),
      goals: judge(steady.kept),
      audits: [await audit(world.sql, { of: "service and SQL lifecycles", now: new Date() })],
      notes: [
        "ceiling: the same hot SQL functions with the same payloads, none of our code around them",
        "ours: appRouter, driveJob and the claims of the driver in this process; GPU and store in memory, no pixels",
        "peer: three transactions of Drizzle's query builder on tables of its own, fewer rows than ours writes",
        ...(world.troubles.size === 0 ? [] : [`troubles: ${[...world.troubles].join(", ")}`]),
      ],
      dropped: steady.dropped,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await world.close();
  }
}

async function openWorld(ctx: AxisContext) {
  const databaseUrl = await ctx.cluster.createDatabase("lifecycles");
  const troubles = new Set<string>();
  const local = openServices({
    databaseUrl,
    gpu: createInstantGpu(),
    poolSize: POOL_SIZE,
    onTrouble: (event) => troubles.add(event),
  });
  const hot = openDb({ url: databaseUrl, poolSize: POOL_SIZE, applicationName: "ob-bench-sql" });
  const peer = postgres(databaseUrl, { max: POOL_SIZE, onnotice: () => {} });
  const people = await addPeople(local.ctx, sized(ctx, { full: PEOPLE, quick: 40 }));
  await makeDrizzleTables(
    hot.sql,
    people.map(({ ownerId }) => ownerId),
  );
  const peerDb = drizzle(peer);
  const anyone = () => {
    const person = people[Math.floor(Math.random() * people.length)];
    if (person === undefined) throw new Error("nobody is there");
    return person;
  };
  const hands = Array.from({ length: MOST_CALLERS }, () => {
    const gpu = createInstantGpu();
    return { gpu, ctx: { ...local.ctx, gpus: createGpuFleet({ backends: [gpu] }) } };
  });
  const service = (caller: number) => {
    const hand = hands[caller];
    if (hand === undefined) throw new Error("more callers than hands");
    return serviceLifecycle(hand.ctx, hand.gpu, anyone());
  };
  const sqlOnly = () => sqlLifecycle(hot.sql, anyone());
  const drizzlePeer = () => drizzleLifecycle(peerDb, anyone().ownerId);
  const modes: Mode[] = [
    { name: "SQL functions only, 16 callers", role: "ceiling", callers: 16, once: sqlOnly },
    { name: "our services, 16 callers", role: "ours", callers: 16, once: service },
    { name: "plain Drizzle shape, 16 callers", role: "peer", callers: 16, once: drizzlePeer },
    { name: "our services, 8 callers", role: "ours", callers: 8, once: service },
    { name: "our services, 32 callers", role: "ours", callers: 32, once: service },
  ];
  return {
    modes,
    troubles,
    sql: hot.sql,
    async close() {
      await Promise.all([local.close(), hot.close(5_000), peer.end({ timeout: 5 })]);
    },
  };
}

async function runRound(
  ctx: AxisContext,
  world: Awaited<ReturnType<typeof openWorld>>,
  { ms }: { ms: number },
): Promise<Round> {
  const floors: number[] = [];
  for (let n = 0; n < FLOOR_WRITES; n += 1) floors.push(await writeFloor(world.sql));
  const costs = new Map<string, RoundCost>();
  for (const { name, callers, once } of world.modes) {
    const run = () => runCallers({ callers, ms, once });
    costs.set(name, await measureCost({ server: process.pid, database: ctx.cluster.pid }, run));
  }
  return { floorMs: median(floors), costs };
}

function valuesOf(rounds: readonly Round[], name: string, pick: (cost: RoundCost) => number) {
  return rounds.flatMap(({ costs }) => {
    const cost = costs.get(name);
    return cost === undefined ? [] : [pick(cost)];
  });
}

function toFigure({ name, role }: Mode, rounds: readonly Round[]): Figure {
  const middle = (pick: (cost: RoundCost) => number) => median(valuesOf(rounds, name, pick));
  return {
    name,
    role,
    values: {
      perSecond: middle(({ perSecond }) => perSecond),
      nodeCpuMs: middle(({ serverCpuMs }) => serverCpuMs),
      postgresCpuMs: middle(({ databaseCpuMs }) => databaseCpuMs),
      rounds: rounds.length,
    },
  };
}

function judge(rounds: readonly Round[]) {
  const ratio = (top: string, bottom: string) =>
    median(
      rounds.map(({ costs }) => {
        const [above, below] = [costs.get(top), costs.get(bottom)];
        return (above?.perSecond ?? 0) / (below?.perSecond ?? Infinity);
      }),
    );
  const cpu = median(
    valuesOf(rounds, "our services, 16 callers", (c) => c.serverCpuMs + c.databaseCpuMs),
  );
  return [
    atLeast(
      "ours / SQL only, 16 callers",
      ratio("our services, 16 callers", "SQL functions only, 16 callers"),
      0.75,
    ),
    atLeast(
      "ours / plain Drizzle shape",
      ratio("our services, 16 callers", "plain Drizzle shape, 16 callers"),
      1,
    ),
    atLeast(
      "ours at 32 callers / ours at 8",
      ratio("our services, 32 callers", "our services, 8 callers"),
      0.8,
    ),
    atMost("CPU of services and database per lifecycle, ms", cpu, 3),
  ];
}
