import { randomUUID } from "node:crypto";
import {
  guestGrants,
  idempotencyKeys,
  objectErasures,
  rateWindows,
  uploads,
  watches,
} from "@ob/db";
import { expect, test } from "vitest";
import { setup, type World } from "../../testing/index.ts";
import { eraseObjects } from "./erase-objects.ts";
import { runSweeps } from "./run-sweeps.ts";
import { takeBackErasures } from "./take-back-erasures.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function addUpload(world: World, more: Partial<typeof uploads.$inferInsert> = {}) {
  const now = world.clock.now();
  const objectKey = `uploads/${randomUUID()}`;
  await world.store.put(objectKey, Buffer.from("raw"), "image/png");
  await world.db.insert(uploads).values({
    id: randomUUID(),
    ownerId: world.caller.ownerId,
    kind: "image",
    contentType: "image/png",
    declaredBytes: 3,
    objectKey,
    expiresAt: new Date(now.getTime() + 600_000),
    createdAt: now,
    ...more,
  });
  return objectKey;
}

test("uploads that were never finished are forgotten with their bytes, fresh and finished ones stay", async () => {
  const world = await setup();
  const old = await addUpload(world);
  const finished = await addUpload(world, { assetId: world.imageAssetId });
  world.clock.advance(2 * HOUR_MS);
  const fresh = await addUpload(world);
  await runSweeps(world.services);
  const kept = await world.db.select({ key: uploads.objectKey }).from(uploads);
  expect(kept.map(({ key }) => key).toSorted()).toEqual([finished, fresh].toSorted());
  expect(world.store.objects.has(old)).toBe(false);
  expect(world.store.objects.has(fresh)).toBe(true);
  expect(world.store.objects.has(finished)).toBe(true);
});

test("first answers live seven days, counters and watches a while", async () => {
  const world = await setup();
  await world.createJob();
  const now = world.clock.now();
  await world.db
    .insert(guestGrants)
    .values({ address: "198.51.100.1", hourStart: now, granted: 1 });
  await world.db.insert(watches).values({ ownerId: world.caller.ownerId, until: now });
  const counts = () =>
    Promise.all(
      [idempotencyKeys, rateWindows, guestGrants, watches].map((table) => world.db.$count(table)),
    );
  await runSweeps(world.services);
  expect(await counts()).toEqual([1, 1, 1, 1]);
  world.clock.advance(25 * HOUR_MS);
  await runSweeps(world.services);
  expect(await counts()).toEqual([1, 0, 0, 0]);
  world.clock.advance(6 * DAY_MS);
  await runSweeps(world.services);
  expect(await counts()).toEqual([0, 0, 0, 0]);
  world.gpu.script("bad-request");
  await world.driveDue();
});

test("a job that nobody is due to look at is woken, and told of as a defect", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.sql`update jobs set due_at = null where id = ${job.id}`;
  expect(await world.driveDue()).toBe(0);
  await runSweeps(world.services);
  expect(world.log.filter(({ event }) => event === "job.nobody-due")).toHaveLength(1);
  expect(await world.driveDue()).toBe(1);
  await runSweeps(world.services);
  expect(world.log.filter(({ event }) => event === "job.nobody-due")).toHaveLength(1);
});

test("objects that cannot be deleted are tried again later, and hold up neither others nor other sweeps", async () => {
  const world = await setup();
  const now = world.clock.now();
  const planned = ["gone/1", "gone/2", "gone/3"].map((objectKey) => ({ objectKey, dueAt: now }));
  await world.db.insert(objectErasures).values(planned);
  await world.db.insert(watches).values({ ownerId: world.caller.ownerId, until: new Date(0) });
  const kept = async () => {
    const rows = await world.db.select({ key: objectErasures.objectKey }).from(objectErasures);
    return rows.map(({ key }) => key);
  };
  const store = {
    ...world.store,
    delete: async (key: string) => {
      if (key === "gone/1") throw new Error("the disk is away");
    },
  };
  await runSweeps({ ...world.services, store });
  expect(await kept()).toEqual(["gone/1"]);
  expect(await world.db.$count(watches)).toBe(0);

  // Not at once again: with a full batch of these nothing else would ever come to its turn.
  await world.db.insert(objectErasures).values({ objectKey: "gone/4", dueAt: now });
  expect(await eraseObjects({ ...world.services, store }, { limit: 1 })).toBe(1);
  expect(await kept()).toEqual(["gone/1"]);
  world.clock.advance(HOUR_MS);
  await runSweeps(world.services);
  expect(await kept()).toEqual([]);
});

test("what has its turn by the clock has it, however long the sweeps before it take", async () => {
  const world = await setup();
  world.clock.advance(HOUR_MS - (world.clock.now().getTime() % HOUR_MS));
  await world.db.insert(objectErasures).values({ objectKey: "gone/1", dueAt: world.clock.now() });
  let swept = 0;
  const [side] = world.services.gpus.sides;
  const backend = { ...side.backend, sweep: async () => (swept += 1) };
  const gpus: typeof world.services.gpus = {
    ...world.services.gpus,
    sides: [{ ...side, backend }],
  };
  const store = { ...world.store, delete: async () => world.clock.advance(2 * 60_000) };
  await runSweeps({ ...world.services, store, gpus });
  expect(swept).toBe(1);
});

test("an erasure that is being decided is waited for, and not taken back", async () => {
  const world = await setup();
  const [asset] = await world.sql<{ object_key: string }[]>`
    select object_key from assets where id = ${world.imageAssetId}`;
  const keys = [asset?.object_key ?? ""];
  await world.sql`insert into object_erasures values (${keys[0] ?? ""}, ${world.clock.now()})`;
  const erasing = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const erased = world.sql.begin(async (sql) => {
    await sql`update assets set erased_at = ${world.clock.now()} where id = ${world.imageAssetId}`;
    erasing.resolve();
    await mayEnd.promise;
  });
  await erasing.promise;
  const takenBack = takeBackErasures(world.services.sql, keys);
  await Promise.race([takenBack, somebodyWaits(world)]);
  mayEnd.resolve();
  await erased;
  expect(await takenBack).toEqual(new Set());
  expect(await world.db.$count(objectErasures)).toBe(1);
});

/** Resolves once a statement in this database waits for a lock. */
async function somebodyWaits(world: World): Promise<void> {
  for (;;) {
    const rows = await world.sql`
      select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (rows.length > 0) return;
  }
}
