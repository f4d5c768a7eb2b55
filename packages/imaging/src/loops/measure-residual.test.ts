import sharp from "sharp";
import { expect, test } from "vitest";
import { drawLikeTheModel } from "../../test/draw-like-the-model.ts";
import { photo } from "../../test/fixtures.ts";
import { decodePixels } from "../decode-pixels.ts";
import { sharedBytes, type Pixels } from "../pixels.ts";
import { freeArea, ringArea } from "./free-area.ts";
import { displacementOver, measureResidual } from "./measure-residual.ts";
import { toLuma } from "./plane.ts";

const SIZE = { width: 512, height: 352 };
const FRAME = { left: 0, top: 0, ...SIZE };

function maskWhere(isPainted: (x: number, y: number) => boolean): Pixels {
  const data = sharedBytes(SIZE.width * SIZE.height);
  for (let i = 0; i < data.length; i += 1) {
    if (isPainted(i % SIZE.width, Math.floor(i / SIZE.width))) data[i] = 255;
  }
  return { data, ...SIZE, channels: 1 };
}

const disc = maskWhere((x, y) => Math.hypot(x - 250, y - 180) < 70);

async function residual(
  name: string,
  left: { shiftX: number; shiftY: number; zoom: number },
  mask: Pixels,
) {
  const copy = await sharp(await photo(name))
    .resize(SIZE.width, SIZE.height, { fit: "cover" })
    .png()
    .toBuffer();
  const model = await drawLikeTheModel(copy, null, { ...left, noise: 6, seed: 2 });
  const [reference, corrected] = await Promise.all(
    [copy, model].map(async (png) => toLuma(await decodePixels(png), FRAME)),
  );
  if (!reference || !corrected) throw new Error("two pictures in, two out");
  const free = freeArea(mask, 8);
  const ring = ringArea(free, 72);
  const actual = displacementOver(ring, left);
  return { measured: measureResidual({ reference, corrected, free, ring }), actual };
}

test.for(["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"])(
  "%s: what a correction left is measured to a tenth of a pixel, large or small",
  async (name) => {
    for (const left of [
      { shiftX: 0, shiftY: 0, zoom: 1 },
      { shiftX: 0.4, shiftY: -0.2, zoom: 1 },
      { shiftX: 1.5, shiftY: -1, zoom: 1 },
      { shiftX: 0, shiftY: 0, zoom: 1.01 },
      { shiftX: -4, shiftY: 3, zoom: 0.99 },
    ]) {
      const { measured, actual } = await residual(name, left, disc);
      expect(Math.abs((measured ?? Number.NaN) - actual)).toBeLessThan(0.1);
    }
  },
);

test("where nothing is kept nothing can be said about what is left", async () => {
  const still = { shiftX: 0, shiftY: 0, zoom: 1 };
  const { measured } = await residual(
    "coffee.png",
    still,
    maskWhere(() => true),
  );
  expect(measured).toBeNull();
});

test("the ring is the part of the free area near what is not free, and a frame alone makes none", () => {
  const free = freeArea(disc, 8);
  const ring = ringArea(free, 40);
  const at = (x: number, y: number) => ring.data[y * SIZE.width + x];
  expect([at(250, 180), at(250, 80), at(400, 180), at(5, 5), at(500, 340)]).toEqual([
    0, 1, 0, 0, 0,
  ]);
});
