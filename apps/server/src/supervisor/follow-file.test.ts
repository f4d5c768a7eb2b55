import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { followFile } from "./follow-file.ts";

const PATIENCE = { timeout: 60_000, interval: 10 };

async function follow(limitBytes: number) {
  const folder = await mkdtemp(join(tmpdir(), "ob-follow-"));
  const path = join(folder, "part.log");
  await writeFile(path, "of the last run\n");
  const heard: string[] = [];
  const stop = new AbortController();
  let fails = false;
  const write = (chunk: Buffer) => {
    if (!fails) heard.push(chunk.toString());
    else {
      fails = false;
      throw new Error("nobody takes it");
    }
  };
  const following = followFile(path, { write, limitBytes, signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await following;
    await rm(folder, { recursive: true });
  });
  /** All that is heard, once it is as long as this. */
  const heardAll = (text: string) =>
    vi.waitFor(() => {
      const all = heard.join("");
      if (all.length < text.length) throw new Error(`only ${all.length} characters came`);
      return all;
    }, PATIENCE);
  // From its present end; that it has looked there shows in the first thing heard.
  await vi.waitFor(async () => {
    if (heard.length === 0) await appendFile(path, ".");
    expect(heard.length).toBeGreaterThan(0);
  }, PATIENCE);
  // More of them may be on their way: what comes after the bar is the test's own.
  await appendFile(path, "|");
  await vi.waitFor(() => expect(heard.join("")).toMatch(/\|$/), PATIENCE);
  heard.length = 0;
  return { path, heardAll, failOnce: () => (fails = true) };
}

test("what grows too long is emptied, also in the middle of a run, and nothing of it is lost", async () => {
  const { path, heardAll } = await follow(1_000);
  const long = `${"x".repeat(1_500)}\n`;
  await appendFile(path, long);
  expect(await heardAll(long)).toBe(long);
  await vi.waitFor(async () => expect(await readFile(path, "utf8")).toBe(""), PATIENCE);
  await appendFile(path, "next\n");
  expect(await heardAll(`${long}next\n`)).toBe(`${long}next\n`);
});

test("what could not be handed on is handed on later", async () => {
  const { path, heardAll, failOnce } = await follow(1_000);
  failOnce();
  await appendFile(path, "late\n");
  expect(await heardAll("late\n")).toBe("late\n");
});
