import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, START, type World } from "../testing/create-world.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";
import { type OwnerCreate, ownerCreateV1 } from "./owner-create-v1.ts";

let sql: Sql;
let world: World;
testWorld({ poolSize: 8 }, (parts) => void ({ sql, world } = parts));

function guest(change: Partial<OwnerCreate>): OwnerCreate {
  return {
    ownerId: world.id(),
    kind: "guest",
    welcomeCredits: 20,
    address: null,
    grantsPerHour: 2,
    transferId: world.id(),
    now: START,
    ...change,
  };
}

test("a new owner gets the welcome credits as a grant that names him", async () => {
  const owner = guest({});
  expect(await ownerCreateV1(sql, owner)).toEqual({ grantedCredits: 20 });
  expect(await world.balance(owner.ownerId)).toEqual({ available: 20, held: 0 });
  const rows = await sql`
    select kind, amount, available_after, external_ref, reason from credit_transfers
    where owner_id = ${owner.ownerId}`;
  expect([...rows]).toEqual([
    {
      kind: "grant",
      amount: "20",
      available_after: "20",
      external_ref: `welcome:${owner.ownerId}`,
      reason: "welcome",
    },
  ]);
});

test("an address that used up its hour gets owners without credits, and grants again in the next hour", async () => {
  const address = "203.0.113.7";
  const first = await Promise.all(
    Array.from({ length: 8 }, () => ownerCreateV1(sql, guest({ address, now: at(60_000) }))),
  );
  expect(first.map((o) => o.grantedCredits).sort((a, b) => b - a)).toEqual([
    20, 20, 0, 0, 0, 0, 0, 0,
  ]);
  const other = guest({ address: "203.0.113.8", now: at(60_000) });
  expect(await ownerCreateV1(sql, other)).toEqual({ grantedCredits: 20 });
  const later = guest({ address, now: at(3_600_000) });
  expect(await ownerCreateV1(sql, later)).toEqual({ grantedCredits: 20 });
});

test("no welcome credits means no transfer, and costs the address nothing", async () => {
  const address = "203.0.113.9";
  for (const change of [{ welcomeCredits: 0 }, { grantsPerHour: 0 }]) {
    const owner = guest({ address, ...change });
    expect(await ownerCreateV1(sql, owner)).toEqual({ grantedCredits: 0 });
    expect(await world.balance(owner.ownerId)).toEqual({ available: 0, held: 0 });
  }
  expect(await sql`select 1 from guest_grants where address = ${address}`).toHaveLength(0);
});

test("an owner is created once, and welcomed once", async () => {
  const owner = guest({});
  await ownerCreateV1(sql, owner);
  const again = ownerCreateV1(sql, { ...owner, transferId: world.id() });
  expect(await refusal(again)).toBe("owners_pkey");
  expect(await world.balance(owner.ownerId)).toEqual({ available: 20, held: 0 });
});
