import { readFileSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { createImaging } from "../src/index.ts";
import { canvasOf, paintMask, photo, planFor, type Size } from "../test/fixtures.ts";

/**
 * Prints for each operation and picture size the time (median of `--runs`), CPU time, the event loop's 99th percentile
 * delay, and the peak of the process's resident memory, per megapixel beyond what it takes when idle (Linux only;
 * `node --expose-gc` collects between runs). `--sizes 2,12` takes other megapixels.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    sizes: { type: "string", default: "2,12,24,40" },
  },
});
const runs = Number(values.runs);
const imaging = createImaging();
const idle = readStatus("VmRSS");
const phonePhoto = sharp(await photo("coffee-12mp-rotated.jpg")).autoOrient();

console.log(
  "".padEnd(32),
  ...["ms", "ms/MP", "cpu ms", "loop p99", "peak MB", "MB/MP"].map((head) => head.padStart(8)),
);
for (const megapixels of values.sizes.split(",").map(Number)) await timeSize(megapixels);
await imaging.close();

async function timeSize(megapixels: number): Promise<void> {
  const width = Math.floor(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const size = { width, height: Math.floor((width * 3) / 4) };
  const resized = phonePhoto.clone().resize(size.width, size.height, { fit: "fill" });
  const file = await resized.jpeg({ quality: 92 }).toBuffer();
  const label = (name: string) => ({ name: `${megapixels} MP ${name}`, megapixels });
  const picture = await time(label("decodeUpload"), () =>
    imaging.decodeUpload(file, { kind: "image", contentType: "image/jpeg" }),
  );
  const discs = { small: await paintDisc(size, 0.04), large: await paintDisc(size, 1 / 3) };
  const upload = { kind: "mask", contentType: "image/png" } as const;
  const masks = {
    small: await imaging.decodeUpload(discs.small, upload),
    large: await time(label("decodeUpload mask"), () => imaging.decodeUpload(discs.large, upload)),
  };
  const edits = [
    { name: "large mask", mask: masks.large, ratio: "original" },
    { name: "small mask (crop)", mask: masks.small, ratio: "original" },
    { name: "whole", mask: null, ratio: "original" },
    { name: "margins 16:9", mask: null, ratio: "16:9" },
  ];
  for (const { name, mask, ratio } of edits) {
    const plan = planFor(size, mask?.mask ?? null, { ratio, editsPicture: false });
    const request = { original: picture.png, mask: mask?.png ?? null, plan };
    const inputs = await time(label(`prepareInputs ${name}`), () =>
      imaging.prepareInputs({ ...request, extras: [], maxBodyBytes: 20_000_000 }),
    );
    const modelOutput = canvasOf(inputs).bytes;
    await time(label(`finishResult ${name}`), () =>
      imaging.finishResult({ ...request, modelOutput }),
    );
  }
}

async function time<T>(
  { name, megapixels }: { name: string; megapixels: number },
  task: () => Promise<T>,
): Promise<T> {
  let result = await task();
  globalThis.gc?.();
  resetPeak();
  const taken: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    result = await task();
    taken.push(performance.now() - start);
    globalThis.gc?.();
  }
  const { user, system } = process.cpuUsage(before);
  delay.disable();
  const ms = taken.toSorted((a, b) => a - b)[taken.length >> 1] ?? Number.NaN;
  const peak = readStatus("VmHWM");
  const figures = [ms, ms / megapixels, (user + system) / 1000 / runs, delay.percentile(99) / 1e6];
  const columns = [...figures, peak / 1e6, (peak - idle) / 1e6 / megapixels];
  console.log(name.padEnd(32), ...columns.map((figure) => figure.toFixed(0).padStart(8)));
  return result;
}

/** Forgets the resident peak. @see proc_pid_clear_refs(5) */
function resetPeak(): void {
  writeFileSync("/proc/self/clear_refs", "5");
}

function readStatus(field: "VmRSS" | "VmHWM"): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

function paintDisc(size: Size, radius: number): Promise<Uint8Array> {
  const { width, height } = size;
  return paintMask(size, (x, y) =>
    Math.hypot(x - width / 2, y - height / 2) < height * radius ? 255 : 0,
  );
}
