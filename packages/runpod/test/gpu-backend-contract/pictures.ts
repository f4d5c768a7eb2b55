import { expect, test } from "vitest";
import {
  accepted,
  completed,
  expectTold,
  MAX_BYTES,
  signal,
  type BackendUnderTest,
} from "./backend-under-test.ts";

/** What comes back: the pictures of an attempt, nobody else's, and no more bytes than are wanted. */
export function describePictures(setup: () => Promise<BackendUnderTest>): void {
  test("takes an attempt from waiting over running to its pictures", async () => {
    await using it = await setup();
    const id = await accepted(it);
    expect(await it.backend.report(id, signal)).toMatchObject({ kind: "waiting" });
    await it.startJob(id);
    expect(await it.backend.report(id, signal)).toMatchObject({ kind: "running" });
    await it.finishJob(id);
    const report = await it.backend.report(id, signal);
    if (report.kind !== "completed") throw new Error(`The report was ${report.kind}.`);
    const { filePrefix } = it.attempt;
    const want = { filePrefix, maxBytes: MAX_BYTES };
    const reading = await it.backend.fetchPictures(report.output, want, signal);
    if (reading.kind !== "images") throw new Error(`The output was ${reading.kind}.`);
    expect(reading.images).toHaveLength(1);
    const [image] = reading.images;
    expect(
      Buffer.from(image?.bytes ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    if (it.namesFiles) expect(image?.filename.startsWith(filePrefix)).toBe(true);
    expect(await it.backend.fetchPictures(report.output, want, signal)).toEqual(reading);
    expect(it.failures).toEqual([]);
  });

  test("never gives a picture that bears somebody else's name", async () => {
    await using it = await setup();
    const { output } = await completed(it);
    const want = { filePrefix: "somebody-elses", maxBytes: MAX_BYTES };
    const reading = await it.backend.fetchPictures(output, want, signal);
    expect(reading.kind).toBe(it.namesFiles ? "unreadable" : "images");
  });

  test("never gives more bytes than are wanted", async () => {
    await using it = await setup();
    const { output } = await completed(it);
    const { filePrefix } = it.attempt;
    const all = await it.backend.fetchPictures(output, { filePrefix, maxBytes: MAX_BYTES }, signal);
    if (all.kind !== "images") throw new Error(`The output was ${all.kind}.`);
    const bytes = all.images[0]?.bytes.byteLength ?? 0;
    const exactly = { filePrefix, maxBytes: bytes };
    expect(await it.backend.fetchPictures(output, exactly, signal)).toEqual(all);
    const less = { filePrefix, maxBytes: bytes - 1 };
    expect((await it.backend.fetchPictures(output, less, signal)).kind).toBe("unreadable");
  });

  test("reads any output without an exception", async () => {
    await using it = await setup();
    const want = { filePrefix: it.attempt.filePrefix, maxBytes: MAX_BYTES };
    for (const [output, kind] of [
      [undefined, "nothing"],
      [null, "nothing"],
      [{}, "nothing"],
      [{ surprise: { kittens: 7 } }, "unreadable"],
      [["../../etc/passwd"], "unreadable"],
      ["https://169.254.169.254/latest/meta-data", "unreadable"],
    ] as const) {
      const reading = await it.backend.fetchPictures(output, want, signal);
      expect([output, reading.kind]).toEqual([output, kind]);
    }
  });

  test("tells of a result that got lost", async ({ skip }) => {
    await using it = await setup();
    if (it.loseNextResult === null) return skip("this side loses no results");
    await it.loseNextResult();
    const { id, output } = await completed(it);
    const want = { filePrefix: it.attempt.filePrefix, maxBytes: MAX_BYTES };
    expect(await it.backend.fetchPictures(output, want, signal)).toEqual({ kind: "nothing" });
    expectTold(it, { operation: "report", cause: "result-too-large", runpodJobId: id });
  });
}
