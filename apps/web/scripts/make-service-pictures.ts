// Writes public/services/<id>-before.webp and -after.webp, the landing page's illustrations:
// node scripts/make-service-pictures.ts
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";

const PHOTOS = join(import.meta.dirname, "../../../fixtures/photos");
const OUT = join(import.meta.dirname, "../public/services");
const SIZE = { width: 640, height: 480 };

/** A photo cut to the cards' size. */
function cardPhoto(name: string, position: string) {
  return sharp(join(PHOTOS, name)).resize({ ...SIZE, fit: "cover", position });
}

async function save(picture: Sharp, name: string): Promise<void> {
  await picture.webp({ quality: 72 }).toFile(join(OUT, `${name}.webp`));
}

/** Saucer and cup in the card's px. */
const SAUCER = { x: 294, y: 265, rx: 246, ry: 206 };
/** The coffee and the white inside of the cup. */
const COFFEE = { x: 308, y: 158, rx: 118, ry: 92 };

/** A red cup and saucer made teal; coffee, spoon and table stay. */
async function drawEdit(): Promise<void> {
  const original = await cardPhoto("coffee.png", "centre").removeAlpha().raw().toBuffer();
  const raw = { ...SIZE, channels: 3 } as const;
  await save(sharp(original, { raw }), "qwen-image-edit-before");
  const edited = Buffer.from(original);
  for (let at = 0; at < original.length; at += 3) {
    const x = (at / 3) % SIZE.width;
    const y = Math.floor(at / 3 / SIZE.width);
    const [r = 0, g = 0, b = 0] = original.subarray(at, at + 3);
    const share = inside(SAUCER, { x, y }) * (1 - inside(COFFEE, { x, y })) * redness(r, g, b);
    // Red and its darkness go over to green and blue.
    const teal = [0.12 * r + 0.6 * g, 0.62 * r + 0.3 * g, 0.6 * r + 0.4 * b];
    edited[at] = r + (clamp(teal[0]) - r) * share;
    edited[at + 1] = g + (clamp(teal[1]) - g) * share;
    edited[at + 2] = b + (clamp(teal[2]) - b) * share;
  }
  await save(sharp(edited, { raw }), "qwen-image-edit-after");
}

function clamp(value = 0): number {
  return Math.min(Math.max(value, 0), 255);
}

/** 1 inside an ellipse, 0 outside, with a soft edge. */
function inside(ellipse: typeof SAUCER, { x, y }: { x: number; y: number }): number {
  const distance = Math.hypot((x - ellipse.x) / ellipse.rx, (y - ellipse.y) / ellipse.ry);
  return Math.min(Math.max((1 - distance) * 40, 0), 1);
}

/** 1 for the cup's red glaze, 0 for brown, grey and white. */
function redness(r: number, g: number, b: number): number {
  if (r < 12) return 0;
  const green = g / r;
  const blue = b / r;
  return Math.min(Math.max((0.5 - green) * 8, 0), 1) * Math.min(Math.max((0.42 - blue) * 8, 0), 1);
}

/** A good photo, and the same as it would look after sixty years in a drawer. */
async function drawRestore(): Promise<void> {
  const original = await cardPhoto("astronaut.png", "top").png().toBuffer();
  await save(sharp(original), "photo-restore-after");
  const wear = Buffer.from(
    `<svg width="640" height="480" xmlns="http://www.w3.org/2000/svg">
      <g stroke="#efe3c8" fill="none" stroke-linecap="round">
        <path d="M96 -5 L140 200 L118 485" stroke-width="2.5"/>
        <path d="M520 -5 Q500 160 548 300 T530 485" stroke-width="1.5"/>
        <path d="M-5 330 L250 316 L645 348" stroke-width="4" opacity="0.75"/>
        <path d="M380 20 l36 60 M402 30 l14 22 M220 400 l70 26 M60 120 l-30 44" stroke-width="2"/>
      </g>
      <g fill="#e6d6b4" opacity="0.85">
        <path d="M0 0 h92 l-24 30 l-30 8 l-10 34 L0 88 z"/>
        <path d="M640 480 h-84 l20 -28 l34 -6 l8 -30 L640 400 z"/>
        <circle cx="470" cy="120" r="7"/><circle cx="206" cy="250" r="5"/><circle cx="580" cy="210" r="9"/>
      </g>
    </svg>`,
  );
  const faded = await sharp(original)
    .grayscale()
    .linear(0.62, 78)
    .tint({ r: 214, g: 186, b: 140 })
    .blur(0.9)
    .composite([{ input: wear }])
    .png()
    .toBuffer();
  await save(sharp(faded), "photo-restore-before");
}

await drawEdit();
await drawRestore();
