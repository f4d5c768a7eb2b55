import { setup } from "@ob/api/testing";
import { expect, onTestFinished, test } from "vitest";
import { createDoorbell } from "./doorbell.ts";

const LONG_MS = 30_000;
const NEVER_MS = 3_600_000;
const never = new AbortController().signal;

async function startTwo(slowPollMs: number) {
  const world = await setup({ poolSize: 4 });
  const { sql, log } = world.services;
  const open = async () => {
    const doorbell = await createDoorbell({ url: world.url, sql, log, slowPollMs });
    onTestFinished(() => doorbell.close());
    return doorbell;
  };
  return { world, ownerId: world.caller.ownerId, one: await open(), two: await open() };
}

test("a ring reaches listeners of this process and of others", async () => {
  const { ownerId, one, two } = await startTwo(NEVER_MS);
  const [here, there] = [one.listen(ownerId), two.listen(ownerId)];
  const stranger = two.listen("somebody else");
  one.ring(ownerId);
  expect(await here.next(LONG_MS, never)).toBe("rung");
  expect(await there.next(LONG_MS, never)).toBe("rung");
  expect(await stranger.next(0, never)).toBe("timeout");
});

test("a thousand rings at once cost few messages and reach everybody", async () => {
  const { ownerId, one, two } = await startTwo(NEVER_MS);
  const owners = [
    ownerId,
    ...Array.from({ length: 999 }, (_, n) => `owner-${n}-${"x".repeat(20)}`),
  ];
  const bells = owners.map((id) => two.listen(id));
  for (const id of owners) one.ring(id);
  const heard = await Promise.all(bells.map((bell) => bell.next(LONG_MS, never)));
  expect(heard.every((answer) => answer === "rung")).toBe(true);
});

test("without any message the slow poll finds what has happened", async () => {
  const { world, ownerId, two } = await startTwo(20);
  const bell = two.listen(ownerId);
  await bell.next(LONG_MS, never);
  // The job's own doorbell is the world's, which reaches nobody here.
  await world.createJob();
  expect(await bell.next(LONG_MS, never)).toBe("rung");
});

test("a cut connection does not silence it", async () => {
  const { world, ownerId, two } = await startTwo(20);
  const bell = two.listen(ownerId);
  await bell.next(LONG_MS, never);
  await world.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'ob-doorbell' and datname = current_database()`;
  await world.createJob();
  expect(await bell.next(LONG_MS, never)).toBe("rung");
});
