import { expect, test } from "vitest";

import { createComfyuiBackend } from "../src/comfyui/comfyui-backend.ts";
import { promptIdOf } from "../src/comfyui/prompt-id.ts";
import { attemptsOf, submitted } from "./support/comfyui-attempt.ts";
import { KEY, simulatedComfyui } from "./support/simulated-comfyui.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";

const signal = new AbortController().signal;
const attemptOf = attemptsOf(simulatedEdit());
const MAX_BYTES = 20_000_000;

test("an answer that a proxy spoils is settled by asking for our own id", async () => {
  await using it = await simulatedComfyui();
  it.control("accept-then-502");
  const id = await submitted(it.backend, await attemptOf("ob-answers-1"));
  expect(id).toBe(promptIdOf("ob-answers-1"));
  expect(it.failures).toMatchObject([{ operation: "submit", response: { status: 502 } }]);
  expect(it.live()).toBe(1);
});

test("a failure that says nothing stays unanswered where the prompt is not to be found", async () => {
  await using it = await simulatedComfyui();
  it.control("error-500");
  const outcome = await it.backend.submit(await attemptOf("ob-answers-2"), { signal });
  expect(outcome).toMatchObject({ kind: "unanswered", cause: { status: 500 } });
  expect(await it.backend.find("ob-answers-2", signal)).toBeNull();
  expect(it.live()).toBe(0);
});

test("a submit that is never answered ends with its time, as unanswered", async () => {
  await using it = await simulatedComfyui();
  const hasty = createComfyuiBackend({
    url: it.url,
    headers: { authorization: KEY },
    httpTimeoutMs: 300,
    fetch,
    now: it.clock.now,
    sleep: async () => undefined,
  });
  const attempt = await attemptOf("ob-answers-3");
  await hasty.prepare(attempt, signal);
  it.control("swallow");
  expect(await hasty.submit(attempt, { signal })).toMatchObject({ kind: "unanswered" });
  hasty.close();
});

test("an attempt sent twice under its prefix runs once", async () => {
  await using it = await simulatedComfyui();
  const attempt = await attemptOf("ob-answers-4");
  const first = await submitted(it.backend, attempt);
  expect(await submitted(it.otherBackend(), attempt)).toBe(first);
  expect(it.live()).toBe(1);
});

test("pictures that were sent ahead are not sent again", async () => {
  await using it = await simulatedComfyui();
  const attempt = await attemptOf("ob-answers-5");
  await it.backend.prepare(attempt, signal);
  await submitted(it.backend, attempt);
  const uploads = it.events.lines.filter(
    (line) => "event" in line && line.event === "file.uploaded",
  );
  expect(uploads).toHaveLength(attempt.images.length);
});

test("what cannot be uploaded is a refusal: no prompt has been sent", async () => {
  await using it = await simulatedComfyui();
  it.control("unavailable", 3);
  let asked = 0;
  const outcome = await it.backend.submit(await attemptOf("ob-answers-6"), {
    signal,
    onBeforeSend: () => (asked += 1) > 0,
  });
  expect(outcome).toMatchObject({ kind: "refused", status: null });
  expect(asked).toBe(0);
  expect(it.failures.map(({ operation }) => operation)).toEqual(["upload", "upload", "upload"]);
});

test("a passing failure is asked past, a lasting one is the GPU side's, never the job's", async () => {
  await using it = await simulatedComfyui();
  const id = await submitted(it.backend, await attemptOf("ob-answers-7"));
  it.control("unavailable", 2);
  expect(await it.backend.report(id, signal)).toMatchObject({ kind: "waiting" });
  for (const scenario of ["unavailable", "login-page"] as const) {
    it.control(scenario, 3);
    await expect(it.backend.report(id, signal)).rejects.toMatchObject({ name: "GpuUnavailable" });
  }
  expect(it.failures.at(-1)).toMatchObject({ operation: "report", cause: "html-answer" });
});

test("a sign-in page in place of the picture does not cost the result", async () => {
  await using it = await simulatedComfyui();
  const id = await submitted(it.backend, await attemptOf("ob-answers-8"));
  await it.finishJob(id);
  const report = await it.backend.report(id, signal);
  if (report.kind !== "completed") throw new Error(`The report was ${report.kind}.`);
  const want = { filePrefix: "ob-answers-8", maxBytes: MAX_BYTES };
  it.control("login-page", 3);
  await expect(it.backend.fetchPictures(report.output, want, signal)).rejects.toMatchObject({
    name: "GpuUnavailable",
  });
  expect(await it.backend.fetchPictures(report.output, want, signal)).toMatchObject({
    kind: "images",
  });
  it.control("lose-files");
  expect(await it.backend.fetchPictures(report.output, want, signal)).toEqual({ kind: "nothing" });
  expect(it.failures.at(-1)).toMatchObject({ operation: "download", response: { status: 404 } });
});

test("of an output only files of our prefix in the output folder are fetched", async () => {
  await using it = await simulatedComfyui();
  const id = await submitted(it.backend, await attemptOf("ob-answers-9"));
  await it.finishJob(id);
  const filename = "ob-answers-9_00001_.png";
  const want = { filePrefix: "ob-answers-9", maxBytes: MAX_BYTES };
  for (const file of [
    { filename, subfolder: "", type: "input" },
    { filename, subfolder: "..", type: "output" },
    { filename: `../${filename}`, subfolder: "", type: "output" },
    { filename: "ob-answers-90_00001_.png", subfolder: "", type: "output" },
  ]) {
    const reading = await it.backend.fetchPictures({ images: [file] }, want, signal);
    expect({ file, kind: reading.kind }).toEqual({ file, kind: "unreadable" });
  }
});

test("a prompt that ends well and saves nothing is told of", async () => {
  await using it = await simulatedComfyui();
  it.control("no-output");
  const id = await submitted(it.backend, await attemptOf("ob-answers-10"));
  await it.finishJob(id);
  const report = await it.backend.report(id, signal);
  expect(report).toMatchObject({ kind: "completed", output: { images: [] } });
  expect(it.failures).toMatchObject([{ operation: "report", cause: "nothing-drawn" }]);
});

test("what an ended attempt left is overwritten, and its words leave the history", async () => {
  await using it = await simulatedComfyui({ authorization: null });
  const attempt = await attemptOf("ob-answers-12");
  const id = await submitted(it.backend, attempt);
  await it.finishJob(id);
  const neighbour = await attemptOf("ob-answers-12b");
  const other = await submitted(it.backend, neighbour);
  await it.finishJob(other);
  const imageNames = attempt.images.map(({ name }) => name);
  await it.backend.discard({ filePrefix: "ob-answers-12", imageNames }, signal);
  const sizeOf = async (type: string, filename: string): Promise<number> => {
    const response = await fetch(`${it.url}/view?type=${type}&filename=${filename}`);
    return (await response.arrayBuffer()).byteLength;
  };
  for (const name of imageNames) expect(await sizeOf("input", name)).toBe(1);
  expect(await sizeOf("output", "ob-answers-12_00001_.png")).toBe(1);
  expect(await sizeOf("output", "ob-answers-12b_00001_.png")).toBeGreaterThan(1_000);
  expect(await it.backend.report(id, signal)).toEqual({ kind: "gone" });
  expect(await it.backend.report(other, signal)).toMatchObject({ kind: "completed" });
});

test("a prompt that arrives after its attempt was given up fails without drawing", async () => {
  await using it = await simulatedComfyui();
  const attempt = await attemptOf("ob-answers-13");
  await it.backend.prepare(attempt, signal);
  const imageNames = attempt.images.map(({ name }) => name);
  await it.backend.discard({ filePrefix: attempt.filePrefix, imageNames }, signal);
  const id = await submitted(it.backend, attempt);
  await it.finishJob(id);
  expect(await it.backend.report(id, signal)).toMatchObject({
    kind: "failed",
    failure: { message: expect.stringContaining("cannot identify image file") },
  });
});

test("an address that is no ComfyUI's alerts the operator, and no job is lost by it", async () => {
  await using it = await simulatedComfyui();
  const lost = createComfyuiBackend({
    url: `${it.url}/not/here`,
    headers: { authorization: KEY },
    httpTimeoutMs: 10_000,
    fetch,
  });
  const failure = { name: "GpuUnauthorized", status: 404 };
  await expect(lost.report(promptIdOf("x"), signal)).rejects.toMatchObject(failure);
  await expect(lost.health(signal)).rejects.toMatchObject(failure);
  expect(await lost.submit(await attemptOf("ob-answers-11"), { signal })).toMatchObject({
    kind: "refused",
    status: 404,
  });
});

test("credentials in the address become basic auth, and appear in no record", async () => {
  const authorization = `Basic ${Buffer.from("studio:a p@ss").toString("base64")}`;
  await using it = await simulatedComfyui({ authorization });
  const failures: unknown[] = [];
  const url = it.url.replace("http://", "http://studio:a%20p%40ss@");
  const backend = createComfyuiBackend({
    url,
    httpTimeoutMs: 10_000,
    fetch,
    sleep: async () => undefined,
    onFailedExchange: (exchange) => failures.push(exchange),
  });
  expect(backend.name).toBe(`comfyui:${new URL(it.url).host}`);
  expect(await backend.health(signal)).toMatchObject({ ready: 1, running: 0 });
  it.control("unavailable", 3);
  await expect(backend.health(signal)).rejects.toMatchObject({ name: "GpuUnavailable" });
  expect(failures).toHaveLength(3);
  for (const secret of ["a p@ss", "a%20p%40ss", authorization]) {
    expect(JSON.stringify(failures)).not.toContain(secret);
  }
});
