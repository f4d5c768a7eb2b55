import fc from "fast-check";
import { expect, inject, test } from "vitest";
import { createRateBudget, type RateBudgetOptions } from "./rate-budget.ts";

const BASE = "https://api.runpod.test/v2/abc";
const PATHS = {
  run: { path: "/run", method: "POST", starts: 1_000, atOnce: 200 },
  status: { path: "/status/x-e1", method: "GET", starts: 2_000, atOnce: 400 },
  cancel: { path: "/cancel/x-e1", method: "POST", starts: 100, atOnce: 20 },
} as const;

/** A clock that jumps to the next thing that is due once everybody waits. */
function createVirtualTime() {
  let nowMs = 1_000_000;
  const timers = new Map<number, (() => void)[]>();
  return {
    now: () => nowMs,
    sleep: (ms: number, signal: AbortSignal | null = null) =>
      new Promise<void>((wake, reject) => {
        const atMs = Math.ceil(nowMs + ms);
        const due = timers.get(atMs);
        if (due === undefined) timers.set(atMs, [wake]);
        else due.push(wake);
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
    /** Passes the time until nobody waits for it any more. */
    async run() {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (timers.size === 0) return;
        while (!timers.has(nowMs)) nowMs += 1;
        const due = timers.get(nowMs) ?? [];
        timers.delete(nowMs);
        for (const wake of due) wake();
      }
    },
  };
}

type VirtualTime = ReturnType<typeof createVirtualTime>;

/** The other side: takes `latencyMs` for each answer, and knows what it was asked when. */
function createOtherSide(time: VirtualTime, latencyMs: (n: number) => number) {
  const startsMs: number[] = [];
  let underWay = 0;
  let most = 0;
  const answer: typeof fetch = async () => {
    startsMs.push(time.now());
    underWay += 1;
    most = Math.max(most, underWay);
    await time.sleep(latencyMs(startsMs.length));
    underWay -= 1;
    return Response.json({});
  };
  return { answer, startsMs, most: () => most };
}

/** Most starts in any ten seconds. */
function busiest(startsMs: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [at, startMs] of startsMs.entries()) {
    while ((startsMs[first] ?? 0) <= startMs - 10_000) first += 1;
    most = Math.max(most, at - first + 1);
  }
  return most;
}

function createBudget(time: VirtualTime, o: Pick<RateBudgetOptions, "share" | "fetch">) {
  return createRateBudget({ ...o, now: time.now, sleep: time.sleep });
}

test.each([
  ["status", 0.1],
  ["cancel", 1],
  ["cancel", 0.25],
] as const)(
  "%s at a share of %d: never more than the limits allow, and not much less",
  async (operation, share) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 900 }), async (latencyMs) => {
        const { path, method, starts, atOnce } = PATHS[operation];
        const time = createVirtualTime();
        const other = createOtherSide(time, (n) => 1 + ((n * 37) % latencyMs));
        const budget = createBudget(time, { share, fetch: other.answer });
        const asked = Math.floor(starts * share * 2);
        const answers = Array.from({ length: asked }, async (_, n) => {
          // They come in a burst, and then evenly.
          await time.sleep(n < asked / 2 ? 0 : n);
          return (await budget.fetch(BASE + path, { method })).status;
        });
        await time.run();
        const statuses = await Promise.all(answers);
        const served = statuses.filter((status) => status === 200).length;
        expect(served).toBe(other.startsMs.length);
        expect(served).toBeGreaterThanOrEqual(Math.floor(starts * share));
        expect(busiest(other.startsMs)).toBeLessThanOrEqual(starts * share);
        expect(other.most()).toBeLessThanOrEqual(atOnce * share);
      }),
      { numRuns: 3 * inject("rounds") },
    );
  },
);

test("a backlog of submits that asks first drains at 95 % of the limit or more, and never above it", async () => {
  const time = createVirtualTime();
  const other = createOtherSide(time, (n) => 50 + ((n * 53) % 200));
  const budget = createBudget(time, { share: 1, fetch: other.answer });
  let reserved = 0;
  const submit = async () => {
    for (;;) {
      const atMs = budget.submitAt(time.now(), reserved);
      if (atMs === null) break;
      await time.sleep(atMs - time.now());
    }
    reserved += 1;
    // The picture is made, the intent is written.
    await time.sleep(40);
    reserved -= 1;
    await budget.fetch(`${BASE}/run`, { method: "POST" });
  };
  const workers = Array.from({ length: 300 }, async () => {
    for (let n = 0; n < 10; n += 1) await submit();
  });
  await time.run();
  await Promise.all(workers);
  expect(other.startsMs).toHaveLength(3_000);
  expect(busiest(other.startsMs)).toBeLessThanOrEqual(1_000);
  expect(other.most()).toBeLessThanOrEqual(200);
  // The first thousand fill the window; from then on it is the window's pace that counts.
  const seconds = ((other.startsMs.at(-1) ?? 0) - (other.startsMs[999] ?? 0)) / 1_000;
  expect(2_000 / seconds).toBeGreaterThanOrEqual(95);
});

test("a submit never waits, whatever the limits say", async () => {
  const time = createVirtualTime();
  const other = createOtherSide(time, () => 1_000);
  const budget = createBudget(time, { share: 0.001, fetch: other.answer });
  const sent = [1, 2, 3].map(() => budget.fetch(`${BASE}/run`, { method: "POST" }));
  expect(other.startsMs).toEqual([1_000_000, 1_000_000, 1_000_000]);
  expect(budget.submitAt(time.now(), 0)).toBe(time.now() + 20);
  await time.run();
  await Promise.all(sent);
  await new Promise((resolve) => setImmediate(resolve));
  expect(budget.submitAt(time.now(), 0)).toBe(1_000_000 + 10_150);
});

test("a question that would wait too long is told so at once, and nothing is sent", async () => {
  const time = createVirtualTime();
  const other = createOtherSide(time, () => 1);
  const budget = createBudget(time, { share: 0.01, fetch: other.answer });
  const ask = () => budget.fetch(`${BASE}/cancel/x`, { method: "POST" });
  const first = ask();
  await time.run();
  expect((await first).status).toBe(200);
  const answer = await ask();
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get("retry-after"))).toBe(11);
  expect(other.startsMs).toHaveLength(1);
});

test("who gives up waiting gets its own reason, and keeps nobody from going on", async () => {
  const time = createVirtualTime();
  const other = createOtherSide(time, () => 50);
  const budget = createBudget(time, { share: 0.05, fetch: other.answer });
  const gaveUp = new AbortController();
  const ask = (signal?: AbortSignal) =>
    budget.fetch(`${BASE}/cancel/x`, {
      method: "POST",
      ...(signal === undefined ? {} : { signal }),
    });
  // One place, five starts: the second waits for the place, and does not get it.
  const first = ask();
  const second = ask(gaveUp.signal);
  const third = ask();
  await Promise.resolve();
  gaveUp.abort(new Error("enough"));
  await expect(second).rejects.toThrow("enough");
  await time.run();
  expect([(await first).status, (await third).status]).toEqual([200, 200]);
  expect(other.startsMs).toHaveLength(2);
});

test("a long answer keeps its place until it is read, given up or broken", async () => {
  const long = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });
  const broken = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error("cut"));
      },
    });
  const bodies = [long(), long(), broken(), null];
  const time = createVirtualTime();
  const budget = createBudget(time, {
    share: 0.05,
    fetch: async () => {
      const body = bodies.shift();
      return new Response(body ?? null);
    },
  });
  const ask = () => budget.fetch(`${BASE}/cancel/x`, { method: "POST" });
  const first = await ask();
  let isIn = false;
  const second = ask().then((answer) => {
    isIn = true;
    return answer;
  });
  await time.run();
  expect(isIn).toBe(false);
  expect((await first.arrayBuffer()).byteLength).toBe(100_000);
  await (await second).body?.cancel();
  await expect((await ask()).text()).rejects.toThrow("cut");
  expect((await ask()).status).toBe(200);
});

test("an answer whose request is aborted keeps no place, though nobody ever reads it", async () => {
  const time = createVirtualTime();
  const budget = createBudget(time, {
    share: 0.05,
    // More than is read ahead: it does not run to its end by itself.
    fetch: async () => new Response(new Uint8Array(1_000_000)),
  });
  const ask = (signal: AbortSignal) => budget.fetch(`${BASE}/cancel/x`, { method: "POST", signal });
  const aborts = Array.from({ length: 3 }, () => new AbortController());
  let answered = 0;
  const asked = aborts.map(async ({ signal }) => {
    await ask(signal);
    answered += 1;
  });
  await time.run();
  for (const [before, abort] of aborts.entries()) {
    expect(answered).toBe(before + 1);
    abort.abort();
    abort.abort();
    await time.run();
  }
  await Promise.all(asked);
});

test("what falls under no limit goes straight through", async () => {
  const time = createVirtualTime();
  const other = createOtherSide(time, () => 0);
  const budget = createBudget(time, { share: 0.001, fetch: other.answer });
  const asked = Array.from({ length: 50 }, () => budget.fetch("https://pictures.test/run/x.png"));
  await time.run();
  expect((await Promise.all(asked)).every(({ status }) => status === 200)).toBe(true);
});
