import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { planWholePicture } from "@ob/workflow/canvas";
import sharp from "sharp";
import { createImaging } from "../src/index.ts";

/** Prints how long each operation takes (median of `--runs`) and how long the event loop was held at most. */
const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
const photos = new URL("../../../fixtures/photos/", import.meta.url);
const upload = await readFile(new URL("coffee-12mp-rotated.jpg", photos));
const imaging = createImaging();

async function time<T>(label: string, task: () => Promise<T>): Promise<T> {
  const taken: number[] = [];
  let longestTurnMs = 0;
  let last = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    longestTurnMs = Math.max(longestTurnMs, now - last);
    last = now;
  }, 1);
  let result = await task();
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    last = start;
    result = await task();
    taken.push(performance.now() - start);
  }
  clearInterval(ticker);
  taken.sort((a, b) => a - b);
  const median = taken[taken.length >> 1] ?? 0;
  console.log(
    `${label.padEnd(44)} ${median.toFixed(0).padStart(6)} ms   loop held ${longestTurnMs.toFixed(0)} ms`,
  );
  return result;
}

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
      imaging.prepareInputs({ ...request, maxBodyBytes: 9_000_000 }),
    );
    const modelOutput = inputs.image.bytes;
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
