import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { keyOfVolumePath } from "../src/volume/volume-layout.ts";
import { describeGpuBackend } from "./gpu-backend-contract.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";
import { simulatedVolume, VOLUME_KEYS } from "./support/simulated-volume.ts";

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

describe("the pictures of an attempt", () => {
  test("go to the volume before the job, and only the graph goes to RunPod", async () => {
    await using it = await simulatedVolume();
    const { attempt } = await edit;
    await it.client.prepare?.(attempt, signal);
    const { objects, requests } = it.simulator.volume;
    expect([...objects.keys()].toSorted()).toEqual(
      attempt.images.map(({ name }) => `ob/in/${name}`).toSorted(),
    );
    let bodyBytes = 0;
    const client = it.clientWith({
      fetch: (input, init) => {
        if (typeof init?.body === "string") bodyBytes = init.body.length;
        return fetch(input, init);
      },
    });
    expect((await client.submit(attempt, { signal })).kind).toBe("accepted");
    expect(bodyBytes).toBeGreaterThan(1_000);
    expect(bodyBytes).toBeLessThan(20_000);
    // Another process brings them itself: under the same names they are the same.
    expect(requests.get("PUT")).toBe(2 * attempt.images.length);
    expect((await it.client.submit(attempt, { signal })).kind).toBe("accepted");
    expect(requests.get("PUT")).toBe(2 * attempt.images.length);
  });

  test("that cannot be brought are a refusal, and nothing is queued or even asked", async () => {
    await using it = await simulatedVolume();
    const { attempt } = await edit;
    const { volume } = it.simulator;
    const options = { signal, onBeforeSend: () => expect.unreachable("asked whether to send") };
    volume.misbehave({ fault: "internal-error", times: 1_000, method: "PUT" });
    expect(await it.client.submit(attempt, options)).toMatchObject({
      kind: "refused",
      status: null,
    });
    await expect(it.client.prepare?.(attempt, signal)).rejects.toMatchObject({
      name: "GpuUnavailable",
      status: 500,
    });
    expect(await it.liveJobs()).toBe(0);
    expect(new Set(it.failures.map(({ operation }) => operation))).toEqual(new Set(["upload"]));
  });

  test("that our key may not bring are refused as such, and no key or signature is told", async () => {
    await using it = await simulatedVolume();
    const { attempt } = await edit;
    it.simulator.volume.rotateKeys({ ...VOLUME_KEYS, secretAccessKey: "rps_of_tomorrow" });
    expect(await it.client.submit(attempt, { signal })).toMatchObject({
      kind: "refused",
      status: 403,
    });
    expect(it.failures).toMatchObject(it.failures.map(() => ({ cause: "volume-refused" })));
    const told = JSON.stringify(it.failures);
    expect(told).toContain("SignatureDoesNotMatch");
    expect(told).not.toContain("rps_");
    expect(told).not.toContain(VOLUME_KEYS.accessKeyId);
    expect(told).not.toMatch(/Signature=[0-9a-f]/);
  });

  test("that find no volume at all are an operator's to mend, and told with their cause", async () => {
    await using it = await simulatedVolume();
    const { attempt } = await edit;
    const { url } = it.simulator.volume;
    const volume = { id: "vol-2", region: "EUR-IS-1", endpointUrl: url, ...VOLUME_KEYS };
    const client = it.clientWith({ volume });
    const refusal = { name: "GpuUnauthorized", status: 404 };
    await expect(client.prepare?.(attempt, signal)).rejects.toMatchObject(refusal);
    expect(await client.submit(attempt, { signal })).toMatchObject({
      kind: "refused",
      status: 404,
    });
    await expect(client.sweep?.(new Date(), signal)).rejects.toMatchObject(refusal);
    const leftovers = { filePrefix: "", imageNames: ["a-image.png"] };
    await expect(client.discard?.(leftovers, signal)).rejects.toMatchObject(refusal);
    const output = { files: ["/runpod-volume/ob/out/ob-attempt-1_00001_.png"] };
    await expect(client.fetchPictures(output, WANT, signal)).rejects.toMatchObject(refusal);
    expect(it.waitsMs).toEqual([]);
    expect(it.failures.length).toBeGreaterThanOrEqual(5);
    expect(new Set(it.failures.map(({ cause }) => cause))).toEqual(new Set(["volume-unknown"]));
  });

  test("that were turned on the way are not taken by the volume", async () => {
    await using it = await simulatedVolume();
    const { attempt } = await edit;
    const client = it.clientWith({
      fetch: (input, init) =>
        fetch(input, init?.method === "PUT" ? { ...init, body: new Uint8Array([1, 2, 3]) } : init),
    });
    expect((await client.submit(attempt, { signal })).kind).toBe("refused");
    expect(it.simulator.volume.objects.size).toBe(0);
    expect(JSON.stringify(it.failures)).toContain("XAmzContentSHA256Mismatch");
  });

  test("are told with the very headers that were sent, each try signed once", async () => {
    await using it = await simulatedVolume();
    const { attempt } = await edit;
    const sent: Headers[] = [];
    let nowMs = Date.UTC(2026, 10, 22);
    it.simulator.volume.misbehave({ fault: "internal-error", times: 1_000, method: "PUT" });
    const client = it.clientWith({
      // Every look at the clock is a second later: a second signature would bear another time.
      now: () => (nowMs += 1_000),
      fetch: (input, init) => {
        sent.push(new Headers(init?.headers));
        return fetch(input, init);
      },
    });
    const images = attempt.images.slice(0, 1);
    await expect(client.prepare?.({ ...attempt, images }, signal)).rejects.toMatchObject({
      name: "GpuUnavailable",
    });
    const told = it.failures.map(({ request: { headers } }) => headers);
    expect(sent.length).toBeGreaterThan(1);
    for (const name of ["x-amz-date", "x-amz-content-sha256"]) {
      expect(told.map((headers) => headers[name])).toEqual(
        sent.map((headers) => headers.get(name)),
      );
    }
  });

  test.each(["bad-gateway", "slow-down", "drop", "done-then-drop"] as const)(
    "outlast %s seven times on the way there, and seven on the way back",
    async (fault) => {
      await using it = await simulatedVolume();
      const { attempt } = await edit;
      const { volume } = it.simulator;
      volume.misbehave({ fault, times: 7, method: "PUT" });
      const images = attempt.images.slice(0, 1);
      await it.client.prepare?.({ ...attempt, images }, signal);
      expect(volume.objects.get(`ob/in/${images[0]?.name}`)?.bytes).toEqual(images[0]?.bytes);
      volume.write("ob/out/ob-attempt-1_00001_.png", Buffer.from("picture"));
      volume.misbehave({ fault, times: 7, method: "GET" });
      const output = { files: ["/runpod-volume/ob/out/ob-attempt-1_00001_.png"] };
      const reading = await it.client.fetchPictures(output, WANT, signal);
      expect(reading).toMatchObject({ kind: "images" });
      expect(it.waitsMs).toHaveLength(14);
      expect(Math.max(...it.waitsMs)).toBeLessThanOrEqual(3_000);
    },
  );
});

const WANT = { filePrefix: "ob-attempt-1", maxBytes: 1_000 };

describe("the result of an attempt", () => {
  const path = "/workspace/ob/out/ob-attempt-1_00001_.png";

  test("that is not to be seen yet is looked for a few times, and may be had later", async () => {
    await using it = await simulatedVolume();
    const { volume } = it.simulator;
    volume.write("ob/out/ob-attempt-1_00001_.png", Buffer.from("picture"));
    volume.misbehave({ fault: "hidden", times: 4 });
    const found = await it.client.fetchPictures({ files: [path] }, WANT, signal);
    expect(found).toMatchObject({ kind: "images" });
    expect(it.failures).toEqual([]);
    volume.misbehave({ fault: "hidden", times: 5 });
    await expect(it.client.fetchPictures({ files: [path] }, WANT, signal)).rejects.toMatchObject({
      name: "GpuUnavailable",
    });
    expect(it.failures.at(-1)).toMatchObject({ operation: "download", cause: "picture-gone" });
    // Of the five, one is left for this reading: it is found at last.
    expect(await it.client.fetchPictures({ files: [path] }, WANT, signal)).toEqual(found);
  });

  test("that is too large is so at once, though its length was not announced", async () => {
    await using it = await simulatedVolume();
    it.simulator.volume.write("ob/out/ob-attempt-1_00001_.png", Buffer.alloc(WANT.maxBytes + 1));
    const client = it.clientWith({
      async fetch(input, init) {
        const { status, body } = await fetch(input, init);
        return new Response(body, { status });
      },
    });
    const reading = await client.fetchPictures({ files: [path] }, WANT, signal);
    expect(reading.kind).toBe("unreadable");
    expect(it.waitsMs).toEqual([]);
    expect(it.failures).toMatchObject([{ operation: "download", cause: "picture-too-large" }]);
  });

  test("is cut off nowhere: an answer that breaks in the middle is read again", async () => {
    await using it = await simulatedVolume();
    const { volume } = it.simulator;
    volume.write("ob/out/ob-attempt-1_00001_.png", Buffer.from("whole picture"));
    volume.misbehave({ fault: "cut-body", times: 3 });
    const reading = await it.client.fetchPictures({ files: [path] }, WANT, signal);
    if (reading.kind !== "images") throw new Error(`The output was ${reading.kind}.`);
    expect(Buffer.from(reading.images[0]?.bytes ?? []).toString()).toBe("whole picture");
  });

  test.each([
    ["another's picture beside ours is left", ["/workspace/ob/out/other.png", path], "images"],
    ["a path off the volume beside ours is left", ["/etc/passwd", path], "images"],
    ["another's picture alone", ["/workspace/ob/out/other.png"], "unreadable"],
    ["a way up", [`/workspace/../etc/${WANT.filePrefix}`], "unreadable"],
    ["a network address", [`https://10.0.0.1/${WANT.filePrefix}.png`], "unreadable"],
    ["a thousand paths", Array.from({ length: 1_000 }, () => path), "unreadable"],
    ["no file", [], "nothing"],
    ["no list", path, "unreadable"],
  ])("%s: %#", async (_name, files, kind) => {
    await using it = await simulatedVolume();
    const { volume } = it.simulator;
    for (const name of ["ob-attempt-1_00001_", "other"]) {
      volume.write(`ob/out/${name}.png`, Buffer.from(name));
    }
    const reading = await it.client.fetchPictures({ prompt_id: "p", files }, WANT, signal);
    expect(reading.kind).toBe(kind);
    if (reading.kind !== "images") return;
    expect(reading.images.map(({ filename }) => filename)).toEqual(["ob-attempt-1_00001_.png"]);
  });
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

describe("a path on a worker", () => {
  const part = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter(
      (text) => !/[/\\\p{Cc}]/u.test(text) && text !== "." && text !== ".." && text.isWellFormed(),
    );

  test("on either mount is the key it shows", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("/runpod-volume/", "/workspace/"),
        fc.array(part, { minLength: 1, maxLength: 5 }),
        (mount, parts) => {
          expect(keyOfVolumePath(mount + parts.join("/"))).toBe(parts.join("/"));
        },
      ),
    );
  });

  test("that is anything else is refused, however it is written", () => {
    const bad = fc.oneof(
      fc.constantFrom("", ".", "..", "\\", "a\\b", "a\0", "\n", "\u0085", "\ud800"),
      part.map((text) => `${text}\t`),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 3 }),
        bad,
        fc.array(part, { maxLength: 3 }),
        (a, b, c) => {
          const inside = [...a, b, ...c].join("/");
          expect(keyOfVolumePath(`/runpod-volume/${inside}`)).toBeNull();
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const key = keyOfVolumePath(text);
        expect(key === null || /^\/(runpod-volume|workspace)\/./.test(text)).toBe(true);
      }),
    );
    for (const path of [
      "/etc/passwd",
      "/runpod-volumes/a",
      "/workspace",
      "workspace/a",
      "//workspace/a",
    ]) {
      expect(keyOfVolumePath(path)).toBeNull();
    }
    expect(keyOfVolumePath(`/workspace/${"ก".repeat(400)}`)).toBeNull();
  });

  test("leads to the file it names, whatever stands in the name", async () => {
    await using it = await simulatedVolume();
    await fc.assert(
      fc.asyncProperty(part, async (name) => {
        it.simulator.volume.write(`ob/out/ob-x${name}`, Buffer.from(name));
        const output = { files: [`/runpod-volume/ob/out/ob-x${name}`] };
        const reading = await it.client.fetchPictures(
          output,
          { filePrefix: "ob-x", maxBytes: 999 },
          signal,
        );
        if (reading.kind !== "images") throw new Error(`The output was ${reading.kind}.`);
        expect(Buffer.from(reading.images[0]?.bytes ?? []).toString()).toBe(name);
      }),
      { numRuns: 60 },
    );
  });
});
