import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { createManualClock } from "../../../test/support/manual-clock.ts";
import { EndpointQueue } from "../endpoint-queue.ts";
import { PLAIN_RUN } from "../scenario.ts";
import { InputFolder } from "./input-folder.ts";

const GPU_MS = 1_000;

/**
 * Lets 8 warm workers with one input folder do 1,000 jobs, each of another user, whose pictures are
 * uploaded as a job starts and read once the GPU gets there. Each picture is its user's number.
 * @returns how many users got somebody else's picture
 */
async function countMixedUp(nameOf: (user: number) => string): Promise<number> {
  const clock = createManualClock();
  const folder = new InputFolder();
  let mixed = 0;
  let done = 0;
  const queue = new EndpointQueue({
    clock,
    gpuMs: GPU_MS,
    queueMs: 0,
    workers: 8,
    newId: () => randomUUID(),
    inputFolderOf: () => folder,
    readsInputAfterMs: GPU_MS / 4,
    onStarted: () => undefined,
    onFinished: (job) => {
      done += 1;
      const [image] = job.outcome?.kind === "images" ? job.outcome.images : [];
      if (Buffer.from(image?.png ?? []).toString() !== job.filePrefix) mixed += 1;
    },
    begin(input, files) {
      const user = Number(input);
      files.put(nameOf(user), Buffer.from(String(user)));
      return {
        sampler: null,
        draw: async () => {
          const png = files.files.get(nameOf(user)) ?? Buffer.alloc(0);
          return { kind: "images", images: [{ filename: "p.png", png }] };
        },
      };
    },
    log: () => undefined,
  });
  for (let user = 0; user < 1_000; user += 1) {
    queue.submit(
      {
        raw: Buffer.from(JSON.stringify({ input: user })),
        webhookUrl: null,
        executionTimeoutMs: 600_000,
        ttlMs: 3_600_000,
        filePrefix: String(user),
      },
      PLAIN_RUN,
    );
    // Jobs start at all moments of each other's time.
    if (user % 3 === 0) await clock.advance(GPU_MS / 16);
  }
  await clock.advance(1_000 * GPU_MS);
  expect(done).toBe(1_000);
  return mixed;
}

test("of 1,000 interleaved jobs none gets another's picture while names are random", async () => {
  const names = Array.from({ length: 1_000 }, () => `${randomUUID()}.png`);
  expect(await countMixedUp((user) => names[user] ?? "")).toBe(0);
});

test("a fixed name would mix users' photos, so the test above can fail", async () => {
  expect(await countMixedUp(() => "input.png")).toBeGreaterThan(100);
});

test("a file overwritten is another file for whoever reads it next", () => {
  const folder = new InputFolder();
  const { files } = folder;
  folder.put("a.png", Buffer.from("first"));
  expect(files.get("a.png")?.toString()).toBe("first");
  folder.put("a.png", Buffer.from("second"));
  expect(files.get("a.png")?.toString()).toBe("second");
});

test("a folder is bounded: the oldest files go, the newest stays however big it is", () => {
  const folder = new InputFolder();
  const mebibyte = 1024 * 1024;
  for (let n = 0; n < 100; n += 1) folder.put(`${n}.png`, Buffer.alloc(mebibyte));
  expect([...folder.files.keys()]).toEqual(Array.from({ length: 64 }, (_, n) => `${n + 36}.png`));
  folder.put("huge.png", Buffer.alloc(70 * mebibyte));
  expect([...folder.files.keys()]).toEqual(["huge.png"]);
});
