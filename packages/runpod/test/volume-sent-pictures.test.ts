import { describe, expect, test } from "vitest";

import { simulatedEdit } from "./support/simulated-edit.ts";
import { simulatedVolume, VOLUME_KEYS, WANT } from "./support/simulated-volume.ts";

const signal = new AbortController().signal;
// Drawn once: no test changes anything of it.
const edit = simulatedEdit({ webhookUrl: "https://studio.test/hooks/token" });

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
