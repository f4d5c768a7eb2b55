import { GpuUnauthorized, GpuUnavailable } from "@ob/runpod";
import { expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { createScriptedGpu } from "../../testing/scripted-gpu.ts";
import { createGpuFleet } from "./gpu-fleet.ts";

const never = new AbortController().signal;
const attempt = {
  graph: {},
  images: [],
  filePrefix: "ob-1",
  webhookUrl: null,
  executionTimeoutMs: 1,
  ttlMs: 1,
};

function twoSides() {
  const clock = createFakeClock();
  const [a, b] = [createScriptedGpu("runpod:a"), createScriptedGpu("comfyui:b")];
  const told: string[] = [];
  const fleet = createGpuFleet({
    backends: [a, b],
    rules: [
      { service: "photo-restore", mode: null, backend: "comfyui:b" },
      { service: "qwen-image-edit", mode: "quality", backend: "comfyui:b" },
    ],
    now: clock.now,
    onBreaker: (backend, cause) => told.push(`${backend} ${cause ?? "back"}`),
  });
  return { clock, a, b, fleet, told };
}

test("the first rule that fits decides, what none sends elsewhere goes to the first backend", () => {
  const { fleet } = twoSides();
  const chosen = (service: string, mode: string) => fleet.choose({ service, mode }).backend.name;
  expect(chosen("photo-restore", "standard")).toBe("comfyui:b");
  expect(chosen("qwen-image-edit", "quality")).toBe("comfyui:b");
  expect(chosen("qwen-image-edit", "fast")).toBe("runpod:a");
  expect(chosen("something-new", "fast")).toBe("runpod:a");
});

test("a fleet that cannot work says why in a sentence", () => {
  const gpu = createScriptedGpu("runpod:a");
  const rules = [{ service: "photo-restore", mode: null, backend: "comfyui:b" }];
  expect(() => createGpuFleet({ backends: [] })).toThrow("a fleet needs a GPU backend");
  expect(() => createGpuFleet({ backends: [gpu], rules })).toThrow(
    "no GPU backend is called comfyui:b",
  );
  expect(() => createGpuFleet({ backends: [gpu, createScriptedGpu("runpod:a")] })).toThrow(
    "two GPU backends are called runpod:a",
  );
});

test("one backend that is down leaves the others alone, and a probe finds it back", async () => {
  const { fleet, a, clock, told } = twoSides();
  const { backend, gate, probe } = fleet.side("runpod:a");
  a.speak("unavailable");
  for (let n = 0; n < 3; n += 1)
    await expect(backend.report("x", never)).rejects.toThrow("silence");
  expect([fleet.isDown("runpod:a"), fleet.isDown("comfyui:b")]).toEqual([true, false]);
  expect(gate.enter(clock.now())).toEqual(fleet.backAt("runpod:a"));
  expect(fleet.side("comfyui:b").gate.enter(clock.now())).not.toBeInstanceOf(Date);
  a.speak("clear");
  await probe(never);
  expect(fleet.isDown("runpod:a")).toBe(false);
  expect(gate.enter(clock.now())).not.toBeInstanceOf(Date);
  expect(told).toEqual(["runpod:a failing", "runpod:a back"]);
});

test("who asks at the gate after a while sets a probe going, and no job has to find out", async () => {
  const { fleet, a, clock } = twoSides();
  const { backend, gate } = fleet.side("runpod:a");
  a.script("no-connection");
  const submit = () => backend.submit(attempt, { signal: never });
  for (let n = 0; n < 3; n += 1) expect((await submit()).kind).toBe("refused");
  clock.advance(2_000);
  expect(gate.enter(clock.now())).toBeInstanceOf(Date);
  await expect.poll(() => fleet.isDown("runpod:a")).toBe(false);
  expect(gate.enter(clock.now())).not.toBeInstanceOf(Date);
  expect(a.runs).toHaveLength(0);
});

test("after submits had failed and the health is fine, one submit tries and the others wait until it is answered", async () => {
  const { fleet, a, clock } = twoSides();
  const { backend, gate, probe } = fleet.side("runpod:a");
  a.script("drop-request");
  for (let n = 0; n < 3; n += 1) await backend.submit(attempt, { signal: never });
  await probe(never);
  expect(fleet.isDown("runpod:a")).toBe(false);
  const trying = gate.enter(clock.now());
  if (trying instanceof Date) throw new Error("nobody may try");
  expect(gate.enter(clock.now())).toBeInstanceOf(Date);
  expect(trying.recheck(clock.now())).toBe(null);
  trying.release();
  const answer = Promise.withResolvers<void>();
  a.duringSubmit(() => answer.promise);
  a.script("accept");
  const submit = backend.submit(attempt, { signal: never });
  clock.advance(30_000);
  expect(gate.enter(clock.now())).toBeInstanceOf(Date);
  answer.resolve();
  await submit;
  const entered = Array.from({ length: 5 }, () => gate.enter(clock.now()));
  expect(entered.filter((place) => place instanceof Date)).toEqual([]);
});

test.each([
  ["429", () => new GpuUnavailable("429", { status: 429 }), false],
  ["400", () => new GpuUnavailable("400", { status: 400 }), false],
  ["503", () => new GpuUnavailable("503", { status: 503 }), true],
  ["no network", () => new GpuUnavailable("silence"), true],
  ["401", () => new GpuUnauthorized("401", 401), true],
  ["a bug of ours", () => new TypeError("x is not a function"), false],
])("%s, again and again: down is %s", async (_what, error, isDown) => {
  const gpu = createScriptedGpu("runpod:a");
  const report = () => Promise.reject(error());
  const fleet = createGpuFleet({ backends: [{ ...gpu, report }] });
  const { backend } = fleet.side("runpod:a");
  for (let n = 0; n < 9; n += 1) await backend.report("x", never).catch(() => {});
  expect(fleet.isDown("runpod:a")).toBe(isDown);
});

test.each([
  ["rate-limit", false],
  ["bad-request", false],
  ["bad-key", true],
  ["no-connection", true],
  ["drop-request", true],
] as const)("submits that end as %s, again and again: down is %s", async (script, isDown) => {
  const gpu = createScriptedGpu("runpod:a");
  gpu.script(script);
  const fleet = createGpuFleet({ backends: [gpu] });
  const { backend } = fleet.side("runpod:a");
  for (let n = 0; n < 9; n += 1) await backend.submit(attempt, { signal: never });
  expect(fleet.isDown("runpod:a")).toBe(isDown);
});

test("what we ourselves gave up proves nothing", async () => {
  const gpu = createScriptedGpu("runpod:a");
  const fleet = createGpuFleet({ backends: [gpu] });
  const { backend } = fleet.side("runpod:a");
  const gone = AbortSignal.abort();
  gpu.speak("unavailable");
  gpu.script("drop-answer");
  for (let n = 0; n < 9; n += 1) {
    await backend.report("x", gone).catch(() => {});
    await backend.submit(attempt, { signal: gone });
    await backend.submit(attempt, { signal: never, onBeforeSend: () => false });
  }
  expect(fleet.isDown("runpod:a")).toBe(false);
});

test("a side whose workers are throttled, or that has none, is not down", async () => {
  const gpu = createScriptedGpu("runpod:a");
  gpu.setHealth({ ready: 0, running: 0, initializing: 0, throttled: 3, inQueue: 500 });
  const fleet = createGpuFleet({ backends: [gpu] });
  for (let n = 0; n < 9; n += 1) await fleet.side("runpod:a").probe(never);
  expect(fleet.isDown("runpod:a")).toBe(false);
});

test("what a backend can do besides reaches through to it", async () => {
  const gpu = createScriptedGpu("runpod:a");
  const sweep = async () => 7;
  const fleet = createGpuFleet({ backends: [{ ...gpu, sweep }, createScriptedGpu("comfyui:b")] });
  expect(await fleet.side("runpod:a").backend.sweep?.(new Date(), never)).toBe(7);
  expect(fleet.side("comfyui:b").backend.sweep).toBeUndefined();
});

test("a silent side is asked after ten seconds, a suspect one after two, and one that is down when it is due", async () => {
  const { a, clock } = twoSides();
  let asked = 0;
  const counted = { ...a, health: (signal: AbortSignal) => ((asked += 1), a.health(signal)) };
  const watched = createGpuFleet({ backends: [counted], now: clock.now }).side("runpod:a");
  const after = async (ms: number) => {
    clock.advance(ms);
    await watched.probeIfDue(never);
    return asked;
  };
  expect(await after(0)).toBe(1);
  expect(await after(9_999)).toBe(1);
  expect(await after(1)).toBe(2);
  a.speak("unavailable");
  expect(await after(10_000)).toBe(3);
  expect(await after(1_999)).toBe(3);
  expect(await after(1)).toBe(4);
  expect(await after(2_000)).toBe(5);
  expect(watched.breaker.state().kind).toBe("open");
  expect(await after(1_999)).toBe(5);
  a.speak("clear");
  expect(await after(1)).toBe(6);
  expect(watched.breaker.state().kind).toBe("closed");
});
