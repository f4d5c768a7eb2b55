import { createRateBudget } from "@ob/runpod";
import { expect, test } from "vitest";
import { setup } from "../../testing/index.ts";
import { createSubmitGate } from "./submit-gate.ts";

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
const PLACE = { recheck: expect.any(Function), release: expect.any(Function) };

test("an open gate lets everybody through", () => {
  const gate = createSubmitGate();
  expect([gate.enter(at(0)), gate.enter(at(0))]).toEqual([PLACE, PLACE]);
});

test("a closed gate says when to ask again, one after the other", () => {
  const gate = createSubmitGate();
  gate.close(at(0), 2_000);
  expect(gate.enter(at(1_999))).toEqual(at(2_000));
  expect(gate.enter(at(1_999))).toEqual(at(2_010));
  expect(gate.enter(at(1_999))).toEqual(at(2_020));
});

test("whatever was asked for, a gate is closed for five minutes at most", () => {
  const gate = createSubmitGate();
  gate.close(at(0), 400 * 86_400_000);
  expect(gate.enter(at(1))).toEqual(at(300_000));
  expect(gate.enter(at(300_000))).toEqual(PLACE);
});

test("once the time is over one of sixteen tries, and the rest go when it was accepted", () => {
  const gate = createSubmitGate();
  gate.close(at(0), 2_000);
  const answers = Array.from({ length: 16 }, () => gate.enter(at(2_000)));
  expect(answers.filter((answer) => !(answer instanceof Date))).toHaveLength(1);
  gate.open();
  expect(gate.enter(at(2_001))).toEqual(PLACE);
  expect(gate.enter(at(2_001))).toEqual(PLACE);
});

test("a try that was refused closes again; one that never came back makes room for another", () => {
  const gate = createSubmitGate();
  gate.close(at(0), 2_000);
  expect(gate.enter(at(2_000))).toEqual(PLACE);
  gate.close(at(2_500), 10_000);
  expect(gate.enter(at(12_499))).toEqual(at(12_500));
  expect(gate.enter(at(12_500))).toEqual(PLACE);
  expect(gate.enter(at(12_501))).toEqual(at(17_500));
  expect(gate.enter(at(17_500))).toEqual(PLACE);
});

test("another reason to wait knows how many places are taken; a place is given back once", () => {
  const gate = createSubmitGate({
    onEntry: [(now, taken) => (taken < 2 ? null : at(now.getTime() + 500))],
  });
  const first = gate.enter(at(0));
  const second = gate.enter(at(0));
  expect([first, second]).toEqual([PLACE, PLACE]);
  expect(gate.enter(at(0))).toBeInstanceOf(Date);
  if (first instanceof Date) throw new Error("no place");
  first.release();
  first.release();
  expect(gate.enter(at(1))).toEqual(PLACE);
  expect(gate.enter(at(1))).toBeInstanceOf(Date);
});

test("who waits for one reason does not wait in the queue of another", () => {
  let isDown = true;
  const down = () => (isDown ? at(15_000) : null);
  const full = (now: Date) => at(now.getTime() - at(0).getTime() + 9);
  const gate = createSubmitGate({ always: [down], onEntry: [full] });
  const told = Array.from({ length: 3_000 }, () => gate.enter(at(0)));
  expect(told.at(-1)).toEqual(at(15_000 + 29_990));
  isDown = false;
  expect([gate.enter(at(20_000)), gate.enter(at(20_000))]).toEqual([at(20_009), at(20_019)]);
  isDown = true;
  gate.forget(down);
  expect(gate.enter(at(20_000))).toEqual(at(15_000));
});

test("a Retry-After of years stops a replica for five minutes; then one job asks and the others follow", async () => {
  const world = await setup({ credits: 40 });
  const jobs = [];
  for (let n = 0; n < 4; n += 1) jobs.push(await world.createJob());
  world.gpu.script("rate-limit-for-years", "rate-limit", "accept", "accept", "accept", "accept");
  const sent = () => world.log.filter(({ event }) => event === "attempt.submitting").length;
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      world.clock.advance(1_000);
      await world.driveDue();
    }
  };
  await world.driveDue();
  expect(sent()).toBe(1);
  await pass(299_000);
  expect(sent()).toBe(1);
  await pass(1_000);
  expect(sent()).toBe(2);
  await pass(20_000);
  expect(sent()).toBe(6);
  for (const job of jobs) expect(await world.job(job)).toMatchObject({ stage: "waiting" });
});

test("who has a place and asks again passes its own try, but no gate that was closed meanwhile", () => {
  const gate = createSubmitGate();
  const open = gate.enter(at(0));
  if (open instanceof Date) throw new Error("no place");
  expect(open.recheck(at(1))).toBe(null);
  gate.close(at(1), 2_000);
  expect(open.recheck(at(1_000))).toEqual(at(2_001));
  const trying = gate.enter(at(2_001));
  if (trying instanceof Date) throw new Error("no place");
  expect(trying.recheck(at(3_000))).toBe(null);
  // Its time is over and nobody else has begun: it goes on trying, and the others wait for it.
  expect(trying.recheck(at(20_000))).toBe(null);
  expect(gate.enter(at(20_001))).toBeInstanceOf(Date);
  expect(gate.enter(at(30_000))).toEqual(PLACE);
  expect(trying.recheck(at(30_001))).toBeInstanceOf(Date);
  gate.open();
  expect(trying.recheck(at(30_002))).toBe(null);
});

test("its own place does not count against who asks again", () => {
  const gate = createSubmitGate({
    always: [(now, taken) => (taken < 1 ? null : at(now.getTime() + 500))],
  });
  const place = gate.enter(at(0));
  if (place instanceof Date) throw new Error("no place");
  expect(place.recheck(at(1))).toBe(null);
});

test("who has had his turn takes no other one by asking again", () => {
  let turns = 0;
  const oneEach = (now: Date) => {
    turns += 1;
    return turns === 1 ? null : at(now.getTime() + 500);
  };
  const gate = createSubmitGate({ onEntry: [oneEach] });
  const place = gate.enter(at(0));
  if (place instanceof Date) throw new Error("no place");
  expect([place.recheck(at(1)), place.recheck(at(2)), turns]).toEqual([null, null, 1]);
});

test("a closed gate uses up nobody's turn", () => {
  let turns = 0;
  const gate = createSubmitGate({
    onEntry: [
      () => {
        turns += 1;
        return null;
      },
    ],
  });
  gate.close(at(0), 2_000);
  expect(gate.enter(at(1))).toBeInstanceOf(Date);
  expect(turns).toBe(0);
});

test("a backlog leaves as fast as the limit allows, however long its pictures take to make", async () => {
  let nowMs = 0;
  const sent: number[] = [];
  const budget = createRateBudget({
    share: 1,
    now: () => nowMs,
    fetch: async () => {
      sent.push(nowMs);
      return new Response(null, { status: 200 });
    },
  });
  const gate = createSubmitGate({
    onEntry: [
      (now, taken) => {
        const toMs = budget.submitAt(now.getTime(), taken);
        return toMs === null ? null : new Date(toMs);
      },
    ],
  });
  // What happens next, in its order: each job enters, makes its pictures, asks again, and sends.
  const due = Array.from({ length: 3_000 }, (_, n) => ({ atMs: 0, n }));
  const making: { atMs: number; send: () => Promise<unknown> }[] = [];
  while (due.length + making.length > 0) {
    due.sort((one, other) => one.atMs - other.atMs);
    making.sort((one, other) => one.atMs - other.atMs);
    const [job, made] = [due[0], making[0]];
    if (made !== undefined && (job === undefined || made.atMs <= job.atMs)) {
      making.shift();
      nowMs = Math.max(nowMs, made.atMs);
      await made.send();
    } else if (job !== undefined) {
      due.shift();
      nowMs = Math.max(nowMs, job.atMs);
      const place = gate.enter(new Date(nowMs));
      if (place instanceof Date) due.push({ ...job, atMs: place.getTime() });
      else {
        const send = async () => {
          expect(place.recheck(new Date(nowMs))).toBe(null);
          place.release();
          await budget.fetch("https://api.runpod.ai/v2/x/run", { method: "POST" });
        };
        making.push({ atMs: nowMs + ((job.n * 37) % 300), send });
      }
    }
  }
  const within = (from: number) => sent.filter((at) => at >= from && at < from + 10_000).length;
  expect(sent).toHaveLength(3_000);
  expect(within(0)).toBeGreaterThanOrEqual(950);
  expect(within(10_150)).toBeGreaterThanOrEqual(950);
  expect(Math.max(...sent.map(within))).toBeLessThanOrEqual(1_000);
});
