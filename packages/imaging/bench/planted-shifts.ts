import sharp from "sharp";
import { decodePixels } from "../src/decode-pixels.ts";
import { meanDisplacement } from "../src/loops/alignment.ts";
import { alignPictures } from "../src/loops/align-pictures.ts";
import { sharedBytes, type Pixels } from "../src/pixels.ts";
import { scaleForModel } from "../src/working-copy.ts";
import { drawLikeTheModel, mulberry32 } from "../test/draw-like-the-model.ts";
import { photo, planFor, type Size } from "../test/fixtures.ts";

/** Prints how well planted shifts (to 6 px), zooms (0.98 to 1.02), noise and a redrawn mask are seen through. */
const PHOTOS = ["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"];
const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => Math.hypot(x - 0.3, y - 0.6) < 0.15,
  (x) => x > 0.4,
  (x, y) => Math.hypot(x - 0.5, y - 0.5) < 0.4,
  (_x, y) => y > 0.15 && y < 0.85,
];
const NOISES = [4, 8, 16];
const random = mulberry32(3);

console.log("working px".padEnd(18), "cases  none  median     max  under 0.5");
for (const name of PHOTOS) {
  const original = await decodePixels(await photo(name));
  const copy = await scaleForModel(original, planFor(original, null));
  const png = await toPng(copy);
  const errors: number[] = [];
  for (const isPainted of MASKS) {
    for (const noise of NOISES) {
      const zoom = 0.98 + random() * 0.04;
      const planted = { shiftX: random() * 12 - 6, shiftY: random() * 12 - 6, zoom };
      const mask = paint(copy, isPainted);
      const model = await drawLikeTheModel(png, await toPng(mask), { ...planted, noise, seed: 1 });
      const found = alignPictures({
        reference: copy,
        model: await decodePixels(model),
        left: 0,
        top: 0,
        mask,
        growPx: 6,
      });
      if (!found) continue;
      const shiftX = found.shiftX - planted.shiftX;
      const shiftY = found.shiftY - planted.shiftY;
      errors.push(meanDisplacement({ shiftX, shiftY, zoom: 1 + found.zoom - zoom }, copy));
    }
  }
  report(name, errors);
}

function report(name: string, errors: number[]): void {
  const cases = MASKS.length * NOISES.length;
  const sorted = errors.toSorted((a, b) => a - b);
  const under = (100 * errors.filter((error) => error < 0.5).length) / cases;
  console.log(
    name.padEnd(18),
    String(cases).padStart(5),
    String(cases - errors.length).padStart(5),
    (sorted[sorted.length >> 1] ?? Number.NaN).toFixed(3).padStart(7),
    (sorted.at(-1) ?? Number.NaN).toFixed(3).padStart(7),
    `${under.toFixed(0)} %`.padStart(10),
  );
}

function paint(size: Size, isPainted: (x: number, y: number) => boolean): Pixels {
  const data = sharedBytes(size.width * size.height);
  for (let i = 0; i < data.length; i += 1) {
    const x = (i % size.width) / size.width;
    if (isPainted(x, Math.floor(i / size.width) / size.height)) data[i] = 255;
  }
  return { data, width: size.width, height: size.height, channels: 1 };
}

function toPng({ data, width, height, channels }: Pixels): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toBuffer();
}
