import { describe, expect, test } from "vitest";

import { simulatedVolume, WANT } from "./support/simulated-volume.ts";

const signal = new AbortController().signal;

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
