import { expect, test, vi } from "vitest";

import { attemptsOf, submitted } from "./support/comfyui-attempt.ts";
import {
  GPU_MS,
  QUEUE_MS,
  simulatedComfyui,
  type SimulatedComfyui,
} from "./support/simulated-comfyui.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";

const signal = new AbortController().signal;
const attemptOf = attemptsOf(simulatedEdit({ mode: "quality" }));
const STEPS = 20;

/** Waits for what the websocket brings: how soon is not ours to say. */
function soon(assertion: () => unknown): Promise<unknown> {
  return vi.waitFor(assertion, { timeout: 30_000, interval: 5 });
}

async function running(it: SimulatedComfyui, filePrefix: string): Promise<string> {
  const id = await submitted(it.backend, await attemptOf(filePrefix));
  await soon(() => expect(it.backend.isFollowing()).toBe(true));
  await it.startJob(id);
  return id;
}

/** Lets the sampler take `count` steps. */
function steps(it: SimulatedComfyui, count: number): Promise<void> {
  return it.clock.advance(Math.ceil((GPU_MS * count) / (STEPS + 1)));
}

test("a running prompt reports the steps of its sampler, and its end rings", async () => {
  await using it = await simulatedComfyui();
  const id = await running(it, "ob-socket-1");
  expect(await it.backend.report(id, signal)).toEqual({ kind: "running", progress: null });
  await steps(it, 7);
  await soon(async () =>
    expect(await it.backend.report(id, signal)).toEqual({
      kind: "running",
      progress: { value: 7, max: STEPS },
    }),
  );
  expect(it.ended).toEqual([]);
  await it.finishJob(id);
  await soon(() => expect(it.ended).toEqual([id]));
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "completed" });
});

test("the websocket is let go when nothing of ours can send any more", async () => {
  await using it = await simulatedComfyui();
  expect(it.simulator.sockets()).toBe(0);
  const id = await running(it, "ob-socket-2");
  expect(it.simulator.sockets()).toBe(1);
  await it.backend.cancel(id, signal);
  await soon(() => expect(it.simulator.sockets()).toBe(0));
});

test("reports do without the websocket, and it comes back by itself", async () => {
  await using it = await simulatedComfyui();
  const id = await running(it, "ob-socket-3");
  await steps(it, 3);
  it.control("drop-sockets");
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "running" });
  await soon(() => expect(it.simulator.sockets()).toBe(1));
  await steps(it, 4);
  await soon(async () =>
    expect(await it.backend.report(id, signal)).toMatchObject({ progress: { value: 7 } }),
  );
});

test("a progress message that comes after the end changes nothing", async () => {
  await using it = await simulatedComfyui();
  it.control("late-progress");
  const id = await running(it, "ob-socket-4");
  await it.finishJob(id);
  const report = await it.backend.report(id, signal);
  expect(report).toMatchObject({ kind: "completed" });
  await it.clock.advance(1);
  expect(await it.backend.report(id, signal)).toEqual(report);
});

test("previews are counted, and only the newest is kept while a prompt is drawn", async () => {
  await using it = await simulatedComfyui({ previews: true });
  const id = await running(it, "ob-socket-5");
  expect(it.backend.previewOf(id)).toBeNull();
  await steps(it, 5);
  await soon(() => expect(it.backend.previewOf(id)).toMatchObject({ frames: 5 }));
  const preview = it.backend.previewOf(id);
  expect(preview?.mediaType).toBe("image/jpeg");
  expect([...(preview?.bytes.subarray(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff]);
  await it.finishJob(id);
  await soon(() => expect(it.ended).toEqual([id]));
  expect(it.backend.previewOf(id)).toBeNull();
});

test("frames of other people's prompts are nobody's business", async () => {
  await using it = await simulatedComfyui({ previews: true });
  it.control("foreign");
  const id = await submitted(it.backend, await attemptOf("ob-socket-6"));
  await soon(() => expect(it.backend.isFollowing()).toBe(true));
  await it.clock.advance(QUEUE_MS + GPU_MS / 2);
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "waiting" });
  expect(it.backend.previewOf(id)).toBeNull();
});

test("a websocket that cannot be had is told of once, and jobs run all the same", async () => {
  await using it = await simulatedComfyui();
  it.control("refuse-socket", 4);
  const id = await submitted(it.backend, await attemptOf("ob-socket-7"));
  await it.finishJob(id);
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "completed" });
  const next = await submitted(it.backend, await attemptOf("ob-socket-8"));
  await soon(() => expect(it.backend.isFollowing()).toBe(true));
  expect(it.failures).toMatchObject([{ operation: "follow", cause: "connection-lost" }]);
  await it.backend.cancel(next, signal);
});
