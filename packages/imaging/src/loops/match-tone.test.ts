import sharp from "sharp";
import { expect, test } from "vitest";
import { drawLikeTheModel, type Cast } from "../../test/draw-like-the-model.ts";
import { photo } from "../../test/fixtures.ts";
import { decodePixels } from "../decode-pixels.ts";
import { sharedBytes, type Pixels } from "../pixels.ts";
import { freeArea, ringArea } from "./free-area.ts";
import { matchTone } from "./match-tone.ts";
import { applyTone, toneShift, toneTable } from "./tone.ts";

const SIZE = { width: 512, height: 352 };
const STILL = { shiftX: 0, shiftY: 0, zoom: 1 } as const;
const PHOTOS = ["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"] as const;
const GREENISH: readonly [Cast, Cast, Cast] = [
  { gain: 0.96, offset: 1 },
  { gain: 1.02, offset: 4 },
  { gain: 0.98, offset: -5 },
];

function maskWhere(isPainted: (x: number, y: number) => boolean): Pixels {
  const data = sharedBytes(SIZE.width * SIZE.height);
  for (let i = 0; i < data.length; i += 1) {
    if (isPainted(i % SIZE.width, Math.floor(i / SIZE.width))) data[i] = 255;
  }
  return { data, ...SIZE, channels: 1 };
}

const disc = maskWhere((x, y) => Math.hypot(x - 200, y - 180) < 80);

function sized(file: Uint8Array): Promise<Uint8Array> {
  return sharp(file).resize(SIZE.width, SIZE.height, { fit: "cover" }).png().toBuffer();
}

async function match(reference: Uint8Array, model: Uint8Array, mask: Pixels = disc) {
  const [ours, drawn] = await Promise.all([reference, model].map((png) => decodePixels(png)));
  if (!ours || !drawn) throw new Error("two pictures in, two out");
  const free = freeArea(mask, 8);
  return matchTone({ reference: ours, corrected: drawn, free, ring: ringArea(free, 72) });
}

test.for(PHOTOS)(
  "%s: a cast around the mask is undone to within two levels at every tone seen",
  async (name) => {
    const copy = await sized(await photo(name));
    for (const noise of [4, 16]) {
      const model = await drawLikeTheModel(copy, null, {
        ...STILL,
        noise,
        seed: 3,
        casts: GREENISH,
      });
      const tone = await match(copy, model);
      if (!tone) throw new Error("a plain cast was not found");
      tone.forEach((curve, channel) => {
        const cast = GREENISH[channel] ?? { gain: 1, offset: 0 };
        for (const drawn of [curve.low, (curve.low + curve.high) / 2, curve.high]) {
          const original = (drawn - cast.offset) / cast.gain;
          expect(Math.abs(drawn + toneShift(curve, drawn) - original)).toBeLessThan(2);
        }
      });
    }
  },
);

test("without a cast nothing is corrected", async () => {
  const copy = await sized(await photo("coffee.png"));
  const casts = [1, 1, 1].map((gain) => ({ gain, offset: 0 }));
  const [red, green, blue] = casts;
  if (!red || !green || !blue) throw new Error("three channels");
  const drawing = { ...STILL, noise: 6, seed: 1, casts: [red, green, blue] as const };
  expect(await match(copy, await drawLikeTheModel(copy, null, drawing))).toBeNull();
});

test("other light over the whole picture was asked for, and stays", async () => {
  const copy = await sized(await photo("coffee.png"));
  const night = { gain: 0.6, offset: -10 };
  const drawing = { ...STILL, noise: 6, seed: 1, casts: [night, night, night] as const };
  expect(await match(copy, await drawLikeTheModel(copy, null, drawing))).toBeNull();
});

test("another picture gives no cast", async () => {
  const [coffee, cat] = await Promise.all([
    sized(await photo("coffee.png")),
    sized(await photo("chelsea.png")),
  ]);
  expect(await match(coffee, cat)).toBeNull();
});

test("where nothing is kept there is nothing to go by", async () => {
  const copy = await sized(await photo("coffee.png"));
  const model = await drawLikeTheModel(copy, null, { ...STILL, noise: 4, seed: 1 });
  expect(
    await match(
      copy,
      model,
      maskWhere(() => true),
    ),
  ).toBeNull();
});

test("a flat wall gives an offset, which holds for tones nobody has seen too", async () => {
  const wall = {
    create: { ...SIZE, channels: 3, background: { r: 190, g: 186, b: 170 } },
  } as const;
  const copy = await sharp(wall).png().toBuffer();
  const model = await drawLikeTheModel(copy, null, {
    ...STILL,
    noise: 4,
    seed: 1,
    casts: GREENISH,
  });
  const tone = await match(copy, model);
  expect(tone?.map(({ gain }) => gain)).toEqual([1, 1, 1]);
  const table = toneTable(tone ?? [LEVEL, LEVEL, LEVEL]);
  const samples = new Uint8Array([183, 194, 162, 10, 10, 10]);
  applyTone(samples, table);
  for (const [at, wanted] of [190, 186, 170].entries()) {
    expect(Math.abs((samples[at] ?? 0) - wanted)).toBeLessThanOrEqual(1);
  }
  expect((samples[3] ?? 0) - 10).toBeCloseTo(7, -1);
});

const LEVEL = { gain: 1, offset: 0, low: 0, high: 255 };

test("no correction wraps around black or white", () => {
  const dark = { gain: 1, offset: -20, low: 0, high: 255 };
  const light = { gain: 1, offset: 20, low: 0, high: 255 };
  const samples = new Uint8Array([5, 250, 128]);
  applyTone(samples, toneTable([dark, light, LEVEL]));
  expect([...samples]).toEqual([0, 255, 128]);
});
