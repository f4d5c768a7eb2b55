import { readFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { planWholePicture } from "@ob/workflow/canvas";
import sharp from "sharp";
import { createImaging } from "../src/index.ts";
import { canvasOf } from "../test/fixtures.ts";

/** Prints how long each operation takes (median and best of `--runs`), its CPU time, and the event loop's 99th percentile delay. */
const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
const photos = new URL("../../../fixtures/photos/", import.meta.url);
const upload = await readFile(new URL("coffee-12mp-rotated.jpg", photos));
const imaging = createImaging();

async function time<T>(label: string, task: () => Promise<T>): Promise<T> {
  let result = await task();
  const taken: number[] = [];
  const cpu: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const before = process.cpuUsage();
    result = await task();
    taken.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  delay.disable();
  const figures = [median(taken), Math.min(...taken), median(cpu), delay.percentile(99) / 1e6];
  console.log(label.padEnd(32), ...figures.map((figure) => figure.toFixed(0).padStart(8)));
  return result;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

console.log("ms".padEnd(32), ...["median", "best", "cpu", "loop p99"].map((h) => h.padStart(8)));
for (const width of [4032, 1632]) {
  const file = await sharp(upload).autoOrient().resize(width).jpeg({ quality: 92 }).toBuffer();
  const picture = await time(`decodeUpload ${width} px`, () =>
    imaging.decodeUpload(file, { kind: "image", contentType: "image/jpeg" }),
  );
  const { height } = picture;
  const label = `${((width * height) / 1e6).toFixed(1)} MP`;
  const painted = await paintDisc(width, height);
  const mask = await time(`decodeUpload mask ${label}`, () =>
    imaging.decodeUpload(painted, { kind: "mask", contentType: "image/png" }),
  );
  for (const masked of [true, false]) {
    const plan = planWholePicture({
      picture: { width, height },
      maskBounds: masked ? (mask.mask?.bounds ?? null) : null,
      softness: { growCanvasPx: 6, featherCanvasPx: 8 },
    });
    const request = { original: picture.png, mask: masked ? mask.png : null, plan };
    const name = `${label} ${masked ? "masked" : "whole"}`;
    const inputs = await time(`prepareInputs ${name}`, () =>
      imaging.prepareInputs({ ...request, extras: [], maxBodyBytes: 9_000_000 }),
    );
    const modelOutput = canvasOf(inputs).bytes;
    const result = await time(`finishResult ${name}`, () =>
      imaging.finishResult({ ...request, modelOutput }),
    );
    console.log(
      "   ",
      (result.png.byteLength / 1e6).toFixed(1),
      "MB",
      JSON.stringify(result.fidelity),
    );
  }
}
console.log("peak RSS", (process.resourceUsage().maxRSS / 1024).toFixed(0), "MB");
await imaging.close();

async function paintDisc(width: number, height: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (Math.hypot(x - width / 2, y - height / 2) < height / 3) data[y * width + x] = 255;
    }
  }
  return sharp(data, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}
