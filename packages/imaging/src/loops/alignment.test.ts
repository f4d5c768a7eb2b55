import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { drawLikeTheModel, mulberry32 } from "../../test/draw-like-the-model.ts";
import { photo } from "../../test/fixtures.ts";
import { decodePixels } from "../decode-pixels.ts";
import { sharedBytes, type Pixels } from "../pixels.ts";
import { meanDisplacement, type Alignment } from "./alignment.ts";
import { registerModel } from "./register-model.ts";

const SIDE = { width: 576, height: 384 };

async function workingCopy(name: string): Promise<Uint8Array> {
  return sharp(await photo(name))
    .autoOrient()
    .resize(SIDE.width, SIDE.height, { fit: "cover" })
    .png()
    .toBuffer();
}

function maskWhere(isPainted: (x: number, y: number) => boolean): Pixels {
  const data = sharedBytes(SIDE.width * SIDE.height);
  for (let i = 0; i < data.length; i += 1) {
    if (isPainted(i % SIDE.width, Math.floor(i / SIDE.width))) data[i] = 255;
  }
  return { data, ...SIDE, channels: 1 };
}

async function estimate(copy: Uint8Array, model: Uint8Array, mask: Pixels) {
  const [reference, drawn] = await Promise.all([decodePixels(copy), decodePixels(model)]);
  const task = { reference, model: drawn, left: 0, top: 0, mask, growPx: 6 };
  return registerModel(task).alignment;
}

async function maskPng(mask: Pixels): Promise<Uint8Array> {
  return sharp(mask.data, { raw: { ...SIDE, channels: 1 } })
    .png()
    .toBuffer();
}

/** Root mean square over the frame of what is left after undoing `found` from `planted`. */
function leftOver(found: Alignment, planted: Alignment): number {
  return meanDisplacement(
    {
      shiftX: found.shiftX - planted.shiftX,
      shiftY: found.shiftY - planted.shiftY,
      zoom: 1 + found.zoom - planted.zoom,
    },
    SIDE,
  );
}

const MASKS = {
  disc: maskWhere((x, y) => Math.hypot(x - 200, y - 200) < 90),
  "right half": maskWhere((x) => x > 300),
  "all but a frame": maskWhere((x, y) => x > 70 && x < 506 && y > 50 && y < 334),
} as const;

/** In the short form each mask meets one strength of noise, with the next photo the other. */
const isFull = inject("rounds") > 1;

const PHOTOS = ["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"];

test.for(PHOTOS.map((name, index) => ({ name, index })))(
  "$name: planted shifts to 6 px and zooms of 0.98 to 1.02 are found within half a pixel",
  async ({ name, index }) => {
    const copy = await workingCopy(name);
    const random = mulberry32(11 + index);
    const errors: number[] = [];
    for (const mask of Object.values(MASKS)) {
      for (const noise of isFull ? [4, 16] : [(errors.length + index) % 2 === 0 ? 4 : 16]) {
        const planted = {
          shiftX: random() * 12 - 6,
          shiftY: random() * 12 - 6,
          zoom: 0.98 + random() * 0.04,
        };
        const seed = errors.length;
        const model = await drawLikeTheModel(copy, await maskPng(mask), {
          ...planted,
          noise,
          seed,
        });
        const found = await estimate(copy, model, mask);
        errors.push(found ? leftOver(found, planted) : Number.POSITIVE_INFINITY);
      }
    }
    expect(errors.filter((error) => error < 0.5)).toHaveLength(errors.length);
  },
);

test("a picture the model left in place is found in place", async () => {
  const copy = await workingCopy("coffee.png");
  const found = await estimate(copy, copy, MASKS.disc);
  expect(found && meanDisplacement(found, SIDE)).toBeLessThan(0.01);
});

test("where nothing is left unpainted the alignment is not guessed", async () => {
  const copy = await workingCopy("coffee.png");
  expect(
    await estimate(
      copy,
      copy,
      maskWhere(() => true),
    ),
  ).toBeNull();
});

test("a flat wall with only noise on it gives no alignment", async () => {
  const flat = await sharp({
    create: { ...SIDE, channels: 3, background: { r: 190, g: 190, b: 185 } },
  })
    .png()
    .toBuffer();
  const still = { shiftX: 0, shiftY: 0, zoom: 1 };
  const noisy = await drawLikeTheModel(flat, null, { ...still, noise: 8, seed: 1 });
  const other = await drawLikeTheModel(flat, null, { ...still, noise: 8, seed: 2 });
  expect(await estimate(noisy, other, MASKS.disc)).toBeNull();
});

test("another picture altogether gives no alignment", async () => {
  const [coffee, cat] = await Promise.all(["coffee.png", "chelsea.png"].map(workingCopy));
  if (!coffee || !cat) throw new Error("two copies");
  expect(await estimate(coffee, cat, MASKS.disc)).toBeNull();
});
