import { expect, test } from "vitest";

import { describeGpuBackend } from "./gpu-backend-contract.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";
import { simulatedVolume, VOLUME_KEYS, WANT } from "./support/simulated-volume.ts";

const signal = new AbortController().signal;
const TOKEN = "webhook-token-that-must-not-leak";
// Drawn once: the suite changes nothing of it.
const edit = simulatedEdit({ webhookUrl: `https://studio.test/hooks/${TOKEN}` });

describeGpuBackend("RunPod with a volume handler", async () => {
  const volume = await simulatedVolume();
  const { attempt } = await edit;
  return {
    backend: volume.client,
    unauthorized: volume.clientWith({ apiKey: "" }),
    failures: volume.failures,
    secrets: ["any-key", TOKEN, "Replace the background", VOLUME_KEYS.secretAccessKey],
    attempt,
    unknownId: "00000000-0000-4000-8000-000000000000-e1",
    refusesGraphs: "on the worker",
    namesFiles: true,
    refusedCause: "unauthorized",
    findsLostAnswers: false,
    liveJobs: () => volume.liveJobs(),
    startJob: (id) => volume.startJob(id),
    finishJob: (id) => volume.finishJob(id),
    forgetResults: () => volume.clock.advance(31 * 60_000),
    loseNextAnswer: () => volume.control("accept-then-drop"),
    limitNextSubmit: () => volume.control("rate-limit"),
    failNextJob: () => volume.control("oom"),
    loseNextResult: () => volume.control("no-output"),
    shutDown: () => volume.simulator.stop(),
    [Symbol.asyncDispose]: () => volume[Symbol.asyncDispose](),
  };
});

test("what an attempt left is deleted, and after a day whatever anybody left in our folders", async () => {
  await using it = await simulatedVolume();
  const { volume } = it.simulator;
  const ours = ["ob/in/a-image.png", "ob/in/a-mask.png", "ob/out/ob-attempt-1_00001_.png"];
  const others = ["ob/in/b-image.png", "ob/out/ob-attempt-2_00001_.png", "models/unet/x"];
  for (const key of [...ours, ...others]) volume.write(key, Buffer.from(key));
  const leftovers = {
    filePrefix: WANT.filePrefix,
    imageNames: ["a-image.png", "a-mask.png", "gone.png"],
  };
  for (let time = 0; time < 2; time += 1) {
    await it.client.discard?.(leftovers, signal);
    expect([...volume.objects.keys()].toSorted()).toEqual(others.toSorted());
  }
  await it.clock.advance(1);
  const before = new Date(it.clock.now());
  volume.write("ob/in/fresh.png", Buffer.from("fresh"));
  expect(await it.client.sweep?.(before, signal)).toBe(2);
  expect([...volume.objects.keys()].toSorted()).toEqual(["models/unet/x", "ob/in/fresh.png"]);
  expect(it.failures).toEqual([]);
  // An empty prefix would list, and delete, everybody's.
  volume.write("ob/out/ob-attempt-3_00001_.png", Buffer.from("another's"));
  await it.client.discard?.({ filePrefix: "", imageNames: [] }, signal);
  expect(volume.objects.size).toBe(3);
  await expect(
    it.client.discard?.(
      { filePrefix: "ob-attempt-9", imageNames: ["../../models/unet/x"] },
      signal,
    ),
  ).rejects.toThrow(/not a name/);
});

test("a sweep looks behind the first thousand files", async () => {
  await using it = await simulatedVolume();
  const { volume } = it.simulator;
  volume.write("ob/out/zz-old.png", Buffer.from("old"));
  await it.clock.advance(1);
  for (let n = 0; n < 1_001; n += 1) volume.write(`ob/out/aa-${n}.png`, Buffer.from("fresh"));
  expect(await it.client.sweep?.(new Date(it.clock.now()), signal)).toBe(1);
  expect(volume.objects.has("ob/out/zz-old.png")).toBe(false);
});
