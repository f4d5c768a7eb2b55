import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, type World } from "../testing/create-world.ts";
import { testWorld } from "../testing/test-world.ts";
import { rateTakeV1 } from "./rate-take-v1.ts";

let sql: Sql;
let world: World;
testWorld({ poolSize: 8 }, (parts) => void ({ sql, world } = parts));

const MINUTE = { bucket: "creates", limit: 3, windowMs: 60_000 } as const;

test("calls beyond the limit wait for the end of the window, also when they come at once", async () => {
  const ownerId = world.id();
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => rateTakeV1(sql, { ...MINUTE, ownerId, now: at(15_000) })),
  );
  expect(outcomes.filter((o) => o.allowed)).toHaveLength(3);
  expect(new Set(outcomes.filter((o) => !o.allowed).map((o) => o.retryAfterMs))).toEqual(
    new Set([45_000]),
  );
  expect(await rateTakeV1(sql, { ...MINUTE, ownerId, now: at(60_000) })).toEqual({
    allowed: true,
    retryAfterMs: 0,
  });
});

test("owners and buckets are counted apart", async () => {
  const ownerId = world.id();
  const one = { ...MINUTE, limit: 1, now: at(0) };
  for (const call of [
    { ...one, ownerId },
    { ...one, ownerId: world.id() },
    { ...one, ownerId, bucket: "uploads" as const },
  ]) {
    expect(await rateTakeV1(sql, call)).toMatchObject({ allowed: true });
    expect(await rateTakeV1(sql, call)).toMatchObject({ allowed: false });
  }
});

test("a limit of zero allows nothing", async () => {
  const call = { ...MINUTE, limit: 0, ownerId: world.id(), now: at(0) };
  expect(await rateTakeV1(sql, call)).toEqual({ allowed: false, retryAfterMs: 60_000 });
});

test("a new window clears the owner's older ones", async () => {
  const ownerId = world.id();
  for (const minute of [0, 1, 2]) {
    await rateTakeV1(sql, { ...MINUTE, ownerId, now: at(minute * 60_000) });
  }
  expect(await sql`select 1 from rate_windows where owner_id = ${ownerId}`).toHaveLength(1);
});
