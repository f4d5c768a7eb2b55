import { randomUUID } from "node:crypto";
import { gpuIncidents, openDb } from "@ob/db";
import type { FailedExchange } from "@ob/runpod";
import { desc } from "drizzle-orm";
import { expect, test } from "vitest";
import { setup, type World } from "../../testing/index.ts";
import { createIncidentSink } from "./incident-sink.ts";

const sinkOf = (world: World, sql = world.sql) =>
  createIncidentSink({ sql, log: world.services.log, newId: randomUUID });

function failed(world: World, change: Partial<FailedExchange> = {}): FailedExchange {
  return {
    backend: "runpod:test",
    operation: "submit",
    filePrefix: null,
    runpodJobId: null,
    request: {
      method: "POST",
      url: "https://api.example/run",
      headers: { authorization: "[secret]" },
      body: { images: ["[picture, 9 bytes]"] },
      encoded: { bytes: 120, start: "{" },
    },
    response: { status: 401, headers: {}, body: "no" },
    networkError: null,
    startedAt: world.clock.now(),
    headMs: 3,
    totalMs: 4,
    checks: [{ name: "key present", ok: true, detail: "32 characters" }],
    cause: "unauthorized",
    ...change,
  };
}

const rowsOf = (world: World) => world.db.select().from(gpuIncidents).orderBy(gpuIncidents.firstAt);
const linesOf = (world: World, event: string) => world.log.filter((line) => line.event === event);

test("a hundred failures of a minute become one row that names whom they met", async () => {
  const world = await setup();
  const sink = sinkOf(world);
  await world.createJob();
  await world.driveDue();
  const [run] = world.gpu.runs;
  for (let n = 0; n < 99; n += 1) sink.record(failed(world));
  sink.record(failed(world, { filePrefix: run?.filePrefix ?? "", headMs: 999 }));
  await sink.settle();
  sink.record(failed(world, { runpodJobId: run?.id ?? "" }));
  sink.record(failed(world, { operation: "report", runpodJobId: "nobody's" }));
  world.clock.advance(60_000);
  sink.record(failed(world));
  await sink.settle();
  const [attempt] = await world.sql`select id from attempts`;
  const rows = await rowsOf(world);
  expect(rows).toHaveLength(3);
  const submits = rows.filter(({ operation }) => operation === "submit");
  expect(submits.map(({ occurrences }) => occurrences)).toEqual([101, 1]);
  expect(submits[0]).toMatchObject({
    attemptIds: [attempt?.["id"]],
    cause: "unauthorized",
    exchange: { headMs: 3, request: { url: "https://api.example/run" }, response: { body: "no" } },
  });
});

test("what PostgreSQL cannot keep is put so that it can", async () => {
  const world = await setup();
  const sink = sinkOf(world);
  const wild = `\0${"\ud800"}ป้า`;
  const huge = { status: 200, headers: {}, body: `${wild}${'"'.repeat(400_000)}` };
  let deep: unknown = wild;
  for (let level = 0; level < 2_000; level += 1) deep = [deep];
  const request = { ...failed(world).request, body: deep };
  sink.record(failed(world, { response: huge, request, networkError: wild }));
  await sink.settle();
  const [row] = await rowsOf(world);
  expect(row?.exchange).toMatchObject({ networkError: "��ป้า", totalMs: 4 });
  expect(JSON.stringify(row?.exchange)).toContain("[400005 characters]");
  expect(JSON.stringify(row?.exchange).length).toBeLessThan(65_536);
});

test("an exchange nobody can read is logged, never thrown at the one who reports it", async () => {
  const world = await setup();
  const sink = sinkOf(world);
  const broken = new Proxy(failed(world), {
    get() {
      throw new Error("unreadable");
    },
  });
  expect(() => sink.record(broken)).not.toThrow();
  await sink.settle();
  expect(linesOf(world, "incident.unreadable")).toHaveLength(1);
});

test("what the table does not take is dropped and counted, the others are written", async () => {
  const world = await setup();
  const sink = sinkOf(world);
  sink.record(failed(world, { backend: "runpod:\0" }));
  sink.record(failed(world));
  await sink.settle();
  expect(await rowsOf(world)).toMatchObject([{ cause: "unauthorized" }]);
  expect(linesOf(world, "incidents.dropped")).toMatchObject([{ fields: { dropped: 1 } }]);
});

test("while the database is away kinds are kept and merged, up to a hundred; then they are written", async () => {
  const world = await setup();
  const nowhere = openDb({
    url: "postgres://nobody@127.0.0.1:1/none",
    poolSize: 1,
    applicationName: "test",
  });
  // The same client object, which reaches the real database once it is back.
  let isBack = false;
  const client = new Proxy(world.sql, {
    apply: (real, self, args): unknown =>
      Reflect.apply<typeof self, unknown[], unknown>(isBack ? real : nowhere.sql, self, args),
  });
  const sink = sinkOf(world, client);
  for (let n = 0; n < 130; n += 1) sink.record(failed(world, { backend: `runpod:${n}` }));
  await sink.settle();
  expect(linesOf(world, "incidents.dropped")).toMatchObject([{ fields: { dropped: 30 } }]);
  expect(await rowsOf(world)).toHaveLength(0);
  isBack = true;
  sink.record(failed(world, { backend: "runpod:7" }));
  await sink.settle();
  const rows = await world.db.select().from(gpuIncidents).orderBy(desc(gpuIncidents.occurrences));
  expect(rows).toHaveLength(100);
  expect(rows[0]).toMatchObject({ backend: "runpod:7", occurrences: 2 });
  await nowhere.close(1_000);
});
