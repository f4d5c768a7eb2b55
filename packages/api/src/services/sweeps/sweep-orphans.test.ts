import { objectErasures, uploads } from "@ob/db";
import { expect, test } from "vitest";
import { setup } from "../../testing/index.ts";
import type { ServiceContext } from "../context.ts";
import { createUpload } from "../uploads/create-upload.ts";
import { claimBucket } from "./claim-bucket.ts";
import { runSweeps } from "./run-sweeps.ts";
import { sweepOrphans } from "./sweep-orphans.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const hex = (start: string, digit: string) => start.padEnd(32, digit);

/** A world in which objects have the age of their making. */
async function aging() {
  const world = await setup();
  const madeAt = new Map<string, Date>();
  const store: ServiceContext["store"] = {
    ...world.store,
    async put(key, bytes, contentType) {
      await world.store.put(key, bytes, contentType);
      madeAt.set(key, world.clock.now());
    },
    async list(page) {
      const listed = await world.store.list(page);
      return listed.map((each) => ({ ...each, modifiedAt: madeAt.get(each.key) ?? new Date(0) }));
    },
  };
  const services = { ...world.services, store };
  /** Every slice of the keys once, a minute each. */
  const sweepAll = async () => {
    let found = 0;
    for (let minute = 0; minute < 256; minute += 1) {
      found += await sweepOrphans(services, { pages: 1, now: world.clock.now() });
      world.clock.advance(MINUTE_MS);
    }
    return found;
  };
  const planned = async () => {
    const rows = await world.db.select({ key: objectErasures.objectKey }).from(objectErasures);
    return rows.map(({ key }) => key).toSorted();
  };
  return { world, services, store, sweepAll, planned };
}

test("what no row names is erased once it is a day old, whatever its key begins with; what is named stays", async () => {
  const { world, services, store, sweepAll, planned } = await aging();
  const kept = new Set(world.store.objects.keys());
  const orphans = [
    `assets/${hex("00", "a")}/${"1".repeat(64)}.png`,
    `previews/${hex("7f", "b")}/${"2".repeat(64)}.webp`,
    `raw/${hex("9c", "c")}`,
    `results/${hex("ff", "d")}/${"3".repeat(64)}.png`,
  ];
  for (const key of orphans) await store.put(key, Buffer.from(key), "image/png");
  world.clock.advance(DAY_MS - 257 * MINUTE_MS);
  expect(await sweepAll()).toBe(0);
  world.clock.advance(MINUTE_MS);
  expect(await sweepAll()).toBe(4);
  expect(await planned()).toEqual(orphans.toSorted());
  expect(await sweepAll()).toBe(0);
  await runSweeps(services);
  expect(orphans.filter((key) => world.store.objects.has(key))).toEqual([]);
  expect(kept.size).toBeGreaterThan(0);
});

test("an upload's bytes are named until it is a picture, and not after", async () => {
  const { world, services, store, sweepAll, planned } = await aging();
  const caller = { ...world.caller, services };
  const declared = { kind: "image", contentType: "image/png", bytes: 3 } as const;
  await createUpload(caller, declared);
  const [row] = await world.db.select().from(uploads);
  const key = row?.objectKey ?? "";
  await store.put(key, Buffer.from("raw"), "image/png");
  world.clock.advance(DAY_MS);
  expect(await sweepAll()).toBe(0);
  await world.db.update(uploads).set({ assetId: world.imageAssetId });
  expect(await sweepAll()).toBe(1);
  expect(await planned()).toEqual([key]);
});

test("a slice larger than its bound is told of", async () => {
  const { world, services } = await aging();
  const listed = Array.from({ length: 500 }, (_, n) => ({
    key: `raw/${hex(n.toString(16).padStart(4, "0"), "0")}`,
    bytes: 1,
    modifiedAt: world.clock.now(),
  }));
  const store = { ...services.store, list: async () => listed };
  await sweepOrphans({ ...services, store }, { pages: 2, now: world.clock.now() });
  expect(world.log.map(({ event }) => event)).toContain("object.slice-too-large");
});

test("a database younger than the bucket it was pointed at deletes nothing of it", async () => {
  const { world, store, sweepAll, planned } = await aging();
  world.clock.advance(-DAY_MS);
  for (const kind of ["raw", "assets", "results"]) {
    await store.put(`${kind}/${hex("42", "e")}`, Buffer.from("before us"), "image/png");
  }
  world.clock.advance(2 * DAY_MS);
  expect(await sweepAll()).toBe(0);
  expect(await planned()).toEqual([]);
  // Told once for all that a run has found.
  expect(world.log.map(({ event }) => event)).toEqual(["object.older-than-database"]);
});

test("a bucket belongs to the database that swept it first, and another one touches nothing of it", async () => {
  const first = await aging();
  const second = await aging();
  expect(await first.sweepAll()).toBe(0);
  // On the same bucket, where nothing is known to its rows: a test beside the real one.
  const beside = { ...second.services, store: first.store };
  await first.store.put(`raw/${hex("42", "e")}`, Buffer.from("an orphan"), "image/png");
  first.world.clock.advance(2 * DAY_MS);
  second.world.clock.advance(2 * DAY_MS);
  const roundMs = 256 * MINUTE_MS;
  const nextRoundMs = Math.ceil(second.world.clock.now().getTime() / roundMs) * roundMs;
  const slice = { pages: 1, now: new Date(nextRoundMs + 0x42 * MINUTE_MS) };
  expect(await sweepOrphans(beside, slice)).toBe(0);
  expect(second.world.log.map(({ event }) => event)).toEqual(["object.bucket-of-another"]);
  expect(await second.planned()).toEqual([]);
  expect(await first.sweepAll()).toBe(1);
});

test("of two databases that take a bucket at once, one has it", async () => {
  const [one, two] = [await aging(), await aging()];
  const sides = [one.services, { ...two.services, store: one.store }];
  const claimed = await Promise.all(sides.map((side) => claimBucket(side)));
  expect(new Set(claimed)).toEqual(new Set([false, true]));
  expect(await Promise.all(sides.map((side) => claimBucket(side)))).toEqual(claimed);
});

test("more than a fifth of a slice unnamed is a database that lost its rows: nothing is erased, and it is told", async () => {
  const { world, store, sweepAll, planned } = await aging();
  const put = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) {
      await store.put(
        `raw/${hex("42", String(n).padStart(30, "0"))}`,
        Buffer.from("x"),
        "image/png",
      );
    }
  };
  await put(0, 19);
  world.clock.advance(DAY_MS);
  expect(await sweepAll()).toBe(19);
  await world.db.delete(objectErasures);
  await put(19, 20);
  world.clock.advance(DAY_MS);
  expect(await sweepAll()).toBe(0);
  expect(await planned()).toEqual([]);
  const told = world.log.filter(({ event }) => event === "object.too-many-orphans");
  expect(told).toHaveLength(1);
});
