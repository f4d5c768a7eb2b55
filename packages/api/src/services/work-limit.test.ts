import fc from "fast-check";
import { expect, test } from "vitest";
import { createWorkLimit } from "./work-limit.ts";

test("whatever comes when, and fails or not: never more at once, in order, and nothing is left waiting", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.boolean(), { maxLength: 12 }),
      async (scheduler, atOnce, fails) => {
        const limit = createWorkLimit(atOnce);
        const begun: number[] = [];
        let underWay = 0;
        const work = fails.map((isFailing, n) =>
          limit
            .run(async () => {
              begun.push(n);
              underWay += 1;
              expect(underWay).toBeLessThanOrEqual(atOnce);
              await scheduler.schedule(Promise.resolve());
              underWay -= 1;
              if (isFailing) throw new Error("failed");
              return n;
            })
            .catch(() => -1),
        );
        await scheduler.waitFor(Promise.all(work));
        expect(await Promise.all(work)).toEqual(fails.map((failing, n) => (failing ? -1 : n)));
        expect(begun).toEqual([...fails.keys()]);
      },
    ),
  );
});

test("who is given up while waiting leaves the queue at once, and takes no turn of the others", async () => {
  const limit = createWorkLimit(1);
  const first = Promise.withResolvers<void>();
  const underWay = limit.run(() => first.promise);
  const givenUp = new AbortController();
  const begun: string[] = [];
  const second = limit.run(async () => begun.push("given up"), givenUp.signal);
  const third = limit.run(async () => begun.push("third"), new AbortController().signal);
  givenUp.abort(new Error("the lease is lost"));
  await expect(second).rejects.toThrow("the lease is lost");
  first.resolve();
  await Promise.all([underWay, third]);
  expect(begun).toEqual(["third"]);
  expect(limit.isBusy()).toBe(false);
  await expect(limit.run(async () => begun.push("never"), givenUp.signal)).rejects.toThrow("lease");
  expect(limit.isBusy()).toBe(false);
});
