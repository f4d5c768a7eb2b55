import { objectErasures, uploads } from "@ob/db";
import { expect, test } from "vitest";
import { setup } from "../../testing/index.ts";
import type { ServiceContext } from "../context.ts";
import { createUpload } from "../uploads/create-upload.ts";
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
      found += await sweepOrphans(services, { pages: 1 });
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
  await sweepOrphans({ ...services, store }, { pages: 2 });
  expect(world.log.map(({ event }) => event)).toContain("object.slice-too-large");
});

test("a database younger than the bucket it was pointed at deletes nothing of it", async () => {
  const { world, store, sweepAll, planned } = await aging();
  world.clock.advance(-DAY_MS);
  await store.put(`raw/${hex("42", "e")}`, Buffer.from("before us"), "image/png");
  world.clock.advance(2 * DAY_MS);
  expect(await sweepAll()).toBe(0);
  expect(await planned()).toEqual([]);
  expect(world.log.map(({ event }) => event)).toContain("object.older-than-database");
});
