import { expect, test } from "vitest";

import { promptIdOf } from "../src/comfyui/prompt-id.ts";
import { attemptsOf, submitted } from "./support/comfyui-attempt.ts";
import { GPU_MS, QUEUE_MS, simulatedComfyui } from "./support/simulated-comfyui.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";

const signal = new AbortController().signal;

const attemptOf = attemptsOf(simulatedEdit());

const TIMED_OUT = {
  kind: "failed",
  failure: { status: "TIMED_OUT", cause: "timeout", retriable: true },
};

test("a waiting prompt past its TTL is deleted by whoever looks, whichever process queued it", async () => {
  await using it = await simulatedComfyui();
  it.control("foreign");
  await it.clock.advance(QUEUE_MS);
  const id = await submitted(it.backend, await attemptOf("ob-limits-1", { ttlMs: GPU_MS / 2 }));
  await it.clock.advance(GPU_MS / 2 - 1);
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "waiting" });
  await it.clock.advance(1);
  await it.otherBackend().health(signal);
  expect(it.live()).toBe(0);
  // The process that queued it did not end it, and the queue has forgotten it without a trace.
  expect(await it.backend.report(id, signal)).toEqual({ kind: "gone" });
  expect(it.simulator.truth().filter(({ wasInterrupted }) => wasInterrupted)).toEqual([]);
});

test("a prompt past its TTL is reported dead by the one who ends it, also when asked again", async () => {
  await using it = await simulatedComfyui();
  it.control("foreign");
  const id = await submitted(it.backend, await attemptOf("ob-limits-2", { ttlMs: 2_000 }));
  await it.clock.advance(2_000);
  expect(await it.backend.report(id, signal)).toMatchObject(TIMED_OUT);
  expect(await it.backend.report(id, signal)).toMatchObject(TIMED_OUT);
  expect(it.live()).toBe(0);
});

test("a running prompt past its execution timeout is interrupted, and says so", async () => {
  await using it = await simulatedComfyui();
  it.control("hang");
  const id = await submitted(
    it.backend,
    await attemptOf("ob-limits-3", { executionTimeoutMs: 10_000 }),
  );
  await it.startJob(id);
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "running" });
  await it.clock.advance(9_999);
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "running" });
  await it.clock.advance(1);
  expect(await it.backend.report(id, signal)).toMatchObject(TIMED_OUT);
  expect(it.live()).toBe(0);
});

test("an interrupted prompt is running until ComfyUI has noticed, and never dead before", async () => {
  await using it = await simulatedComfyui({ interruptMs: 700 });
  it.control("hang");
  const id = await submitted(it.backend, await attemptOf("ob-limits-4"));
  await it.startJob(id);
  await it.backend.cancel(id, signal);
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "running" });
  expect(it.live()).toBe(1);
  await it.clock.advance(700);
  expect(await it.backend.report(id, signal)).toMatchObject({
    kind: "failed",
    failure: { status: "CANCELLED" },
  });
});

test("before a prompt is sent, what has outlived its TTL is ended: two tries are never alive at once", async () => {
  await using it = await simulatedComfyui();
  it.control("hang");
  const first = await submitted(it.backend, await attemptOf("ob-limits-5", { ttlMs: 60_000 }));
  await it.startJob(first);
  await it.clock.advance(60_000);
  // No process of ours has looked since, as after a long outage of ours.
  const second = await submitted(it.otherBackend(), await attemptOf("ob-limits-6"));
  expect(it.simulator.truth()).toMatchObject([
    { id: first, status: "CANCELLED", wasInterrupted: true },
    { id: second, status: "IN_QUEUE" },
  ]);
});

test("prompts of others are never touched: not by limits, not by a cancel of ours", async () => {
  await using it = await simulatedComfyui();
  it.control("foreign", 3);
  const id = await submitted(it.backend, await attemptOf("ob-limits-7", { ttlMs: 2_000 }));
  await it.clock.advance(QUEUE_MS);
  for (const { id: foreign } of it.simulator.truth().filter(({ isForeign }) => isForeign)) {
    await it.backend.cancel("00000000-0000-4000-8000-000000000000", signal);
    await it.backend.cancel(id, signal);
    await it.backend.report(foreign, signal);
  }
  await it.clock.advance(100 * GPU_MS);
  await it.backend.health(signal);
  const foreign = it.simulator.truth().filter(({ isForeign }) => isForeign);
  expect(foreign.map(({ status }) => status)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED"]);
  expect(foreign.some(({ wasInterrupted }) => wasInterrupted)).toBe(false);
});

test("an interrupt asks for our prompt by its id, so that one that began meanwhile is left alone", async () => {
  await using it = await simulatedComfyui();
  const id = await submitted(it.backend, await attemptOf("ob-limits-8"));
  it.control("foreign");
  await it.startJob(id);
  await it.backend.cancel(id, signal);
  const interrupts = it.events.lines.filter(
    (line) => "event" in line && line.event === "interrupt",
  );
  expect(interrupts).toEqual([{ event: "interrupt", id }]);
});

test("a ComfyUI that reads no id is interrupted only while our prompt is seen running", async () => {
  await using it = await simulatedComfyui({ interruptsAnything: true });
  it.control("foreign");
  const id = await submitted(it.backend, await attemptOf("ob-limits-16"));
  await it.clock.advance(QUEUE_MS);
  await it.backend.cancel(id, signal);
  await it.backend.cancel(id, signal);
  await it.clock.advance(2 * GPU_MS);
  expect(it.simulator.truth().map(({ status }) => status)).toEqual(["COMPLETED", "CANCELLED"]);
});

test("a ComfyUI that reads no id is not interrupted for a prompt that ended after it was seen running", async () => {
  await using it = await simulatedComfyui({ interruptsAnything: true });
  const id = await submitted(it.backend, await attemptOf("ob-limits-17"));
  it.control("foreign");
  await it.startJob(id);
  let looks = 0;
  const stale = it.otherBackend({
    async fetch(input, init) {
      const answer = await fetch(input, init);
      if (!urlOf(input).endsWith("/queue")) return answer;
      looks += 1;
      // By the time the answer is read, ours is drawn and the other's has begun.
      if (looks === 1) {
        await it.finishJob(id);
        await it.clock.advance(QUEUE_MS);
      }
      return answer;
    },
  });
  await stale.cancel(id, signal);
  await it.clock.advance(2 * GPU_MS);
  expect(it.simulator.truth().map(({ status }) => status)).toEqual(["COMPLETED", "COMPLETED"]);
});

test("an interrupt whose answer is lost is not repeated: by then another's prompt may run", async () => {
  await using it = await simulatedComfyui({ interruptsAnything: true });
  const id = await submitted(it.backend, await attemptOf("ob-limits-18"));
  await it.startJob(id);
  let interrupts = 0;
  const deaf = it.otherBackend({
    async fetch(input, init) {
      const answer = await fetch(input, init);
      if (!urlOf(input).endsWith("/interrupt")) return answer;
      interrupts += 1;
      throw new TypeError("fetch failed");
    },
  });
  await expect(deaf.cancel(id, signal)).rejects.toMatchObject({ name: "GpuUnavailable" });
  await deaf.cancel(id, signal);
  expect(interrupts).toBe(1);
  expect(it.simulator.truth()).toMatchObject([{ id, status: "CANCELLED" }]);
});

test("somebody else's cancel button costs our prompt, and another try is worth it", async () => {
  await using it = await simulatedComfyui();
  const id = await submitted(it.backend, await attemptOf("ob-limits-9"));
  await it.startJob(id);
  await fetch(`${it.url}/interrupt`, {
    method: "POST",
    headers: { authorization: "Bearer proxy-key-that-must-not-leak" },
  });
  expect(await it.backend.report(id, signal)).toMatchObject({
    kind: "failed",
    failure: { status: "FAILED", cause: "worker", retriable: true },
  });
});

test("a restart of ComfyUI loses what waited, what ran and what had ended", async () => {
  await using it = await simulatedComfyui();
  const ended = await submitted(it.backend, await attemptOf("ob-limits-10"));
  await it.finishJob(ended);
  const running = await submitted(it.backend, await attemptOf("ob-limits-11"));
  await it.startJob(running);
  const waiting = await submitted(it.backend, await attemptOf("ob-limits-12"));
  it.control("restart");
  for (const id of [ended, running, waiting]) {
    expect(await it.backend.report(id, signal)).toEqual({ kind: "gone" });
  }
});

test("a history that keeps few entries forgets the oldest", async () => {
  await using it = await simulatedComfyui({ historySize: 1 });
  const first = await submitted(it.backend, await attemptOf("ob-limits-13"));
  await it.finishJob(first);
  const second = await submitted(it.backend, await attemptOf("ob-limits-14"));
  await it.finishJob(second);
  expect(await it.backend.report(first, signal)).toEqual({ kind: "gone" });
  expect(await it.backend.report(second, signal)).toMatchObject({ kind: "completed" });
});

test("a process that has restarted reads everything that ComfyUI still knows", async () => {
  await using it = await simulatedComfyui();
  const id = await submitted(it.backend, await attemptOf("ob-limits-15"));
  await it.startJob(id);
  const restarted = it.otherBackend();
  expect(await restarted.report(id, signal)).toEqual({ kind: "running", progress: null });
  await it.finishJob(id);
  const { filePrefix } = await attemptOf("ob-limits-15");
  expect(await restarted.find(filePrefix, signal)).toBe(promptIdOf(filePrefix));
  const report = await restarted.report(id, signal);
  expect(report).toMatchObject({ kind: "completed", delayMs: QUEUE_MS, executionMs: GPU_MS });
  if (report.kind !== "completed") return;
  const want = { filePrefix, maxBytes: 20_000_000 };
  expect(await restarted.fetchPictures(report.output, want, signal)).toMatchObject({
    kind: "images",
    images: [{ filename: `${filePrefix}_00001_.png` }],
  });
});

function urlOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input);
}
