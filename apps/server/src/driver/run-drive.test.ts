import { setup } from "@ob/api/testing";
import { expect, test } from "vitest";
import { runDrive } from "./run-drive.ts";

test("failures in a row are counted while the lease is held, and forgotten with it", async () => {
  const world = await setup({ gpuSettings: { leaseRenewMs: 5 } });
  const { rows, now, gpuSettings } = world.services;
  const { id: jobId } = await world.createJob();
  const leaseOwner = "one";
  const claim = async () => {
    const asked = { limit: 1, leaseOwner, leaseMs: gpuSettings.leaseMs, now: now() };
    const [claimed] = await rows.claimDue(asked);
    if (claimed === undefined) throw new Error("the job is not due");
    return { ...claimed, leaseOwner };
  };
  const failures = new Map<string, number>();
  const ends = { cut: new AbortController().signal, stopping: () => false, failures };
  const away = async () => {
    throw new Error("the database is away");
  };
  const failing = { ...world.services, rows: { ...rows, read: away } };
  const dueAt = await runDrive(failing, await claim(), ends);
  expect([...failures]).toEqual([[jobId, 1]]);

  world.clock.advance((dueAt?.getTime() ?? 0) - now().getTime());
  const refused = Promise.withResolvers<void>();
  const losing: typeof rows = {
    ...rows,
    async renewLease() {
      refused.resolve();
      return false;
    },
    async read() {
      await refused.promise;
      // What the refusal sets off comes first.
      await new Promise((resolve) => setImmediate(resolve));
      return away();
    },
  };
  const lost = await runDrive({ ...world.services, rows: losing }, await claim(), ends);
  expect(lost).toBeNull();
  expect([...failures]).toEqual([]);
});
