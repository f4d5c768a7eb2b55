import sharp from "sharp";
import { meanDisplacement } from "../src/loops/alignment.ts";
import { encodePng } from "../src/encode-png.ts";
import { hasMargins, layOutSource } from "../src/lay-out.ts";
import { decodePixels } from "../src/decode-pixels.ts";
import type { Imaging } from "../src/index.ts";
import { openScene, type FinishRequest, type Scene } from "../src/open-scene.ts";
import type { PixelPool } from "../src/open-pixel-pool.ts";
import type { Registration } from "../src/loops/register-model.ts";
import { registerScene } from "../src/register-scene.ts";
import { scaleForModel } from "../src/working-copy.ts";
import { drawLikeTheModel, mulberry32, type Cast, type Drawing } from "./draw-like-the-model.ts";
import { canvasOf, paintMask, planFor, type Size } from "./fixtures.ts";

/** What the user painted (positions from 0 to 1; null: nothing) and which shape of picture was asked for. */
export interface Scenario {
  name: string;
  isPainted: ((x: number, y: number) => boolean) | null;
  ratio: string;
}

const disc = (cx: number, cy: number, radius: number) => (x: number, y: number) =>
  Math.hypot(x - cx, y - cy) < radius;

/** Small, middling and large masks, at the frame and away from it, and new margins with and without a mask. */
export const SCENARIOS: readonly Scenario[] = [
  { name: "small disc", isPainted: disc(0.35, 0.55, 0.05), ratio: "original" },
  { name: "disc", isPainted: disc(0.3, 0.6, 0.15), ratio: "original" },
  { name: "large disc", isPainted: disc(0.5, 0.5, 0.4), ratio: "original" },
  { name: "corner", isPainted: disc(1, 0, 0.35), ratio: "original" },
  { name: "right 60 %", isPainted: (x) => x > 0.4, ratio: "original" },
  { name: "middle band", isPainted: (_x, y) => y > 0.15 && y < 0.85, ratio: "original" },
  {
    name: "all but a thin frame",
    isPainted: (x, y) => Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) < 0.46,
    ratio: "original",
  },
  { name: "margins to 16:9", isPainted: null, ratio: "16:9" },
  { name: "margins to 4:5 + disc", isPainted: disc(0.4, 0.5, 0.2), ratio: "4:5" },
];

/** A whole way through the imaging, with a model that moved and tinted the picture by known amounts. */
export interface PlantedCase {
  /** A stored original. */
  original: Uint8Array;
  size: Size;
  scenario: Scenario;
  drawing: Drawing;
}

/** Draws the amounts: up to 6 px and 2 percent, a tint of a few levels a channel. */
export function plantDrawing(options: {
  seed: number;
  noise: number;
  repaint: "stripes" | "nothing";
}): Drawing {
  const random = mulberry32(options.seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  const cast = (): Cast => ({ gain: between(0.95, 1.03), offset: between(-5, 5) });
  return {
    shiftX: between(-6, 6),
    shiftY: between(-6, 6),
    zoom: between(0.98, 1.02),
    casts: [cast(), cast(), cast()],
    ...options,
  };
}

/** The stored mask, the plan and the model's answer of a planted case. */
export async function playCase(planted: PlantedCase, imaging: Imaging, pool: PixelPool) {
  const { original, size, scenario, drawing } = planted;
  const { isPainted, ratio } = scenario;
  const rule =
    isPainted && ((x: number, y: number) => (isPainted(x / size.width, y / size.height) ? 255 : 0));
  const painted = rule ? await paintMask(size, rule) : null;
  const upload = { kind: "mask", contentType: "image/png" } as const;
  const mask = painted ? await imaging.decodeUpload(painted, upload) : null;
  const plan = planFor(size, mask?.mask ?? null, { ratio, editsPicture: false });
  const request = { original, mask: mask?.png ?? null, plan };
  const inputs = await imaging.prepareInputs({ ...request, extras: [], maxBodyBytes: 20_000_000 });
  const isContinued = drawing.repaint === "nothing" && hasMargins(plan);
  const canvas = isContinued ? await continued(planted, plan, pool) : canvasOf(inputs).bytes;
  const modelOutput = await drawLikeTheModel(canvas, inputs.mask?.bytes ?? null, drawing);
  return { ...request, modelOutput };
}

/** A canvas whose margins go on as the picture's edge: what a model draws that continues the scene without a break. */
async function continued(
  planted: PlantedCase,
  plan: ReturnType<typeof planFor>,
  pool: PixelPool,
): Promise<Uint8Array> {
  const laidOut = await layOutSource(await decodePixels(planted.original), plan, pool);
  const png = await encodePng(await scaleForModel(laidOut, plan), pool);
  return sharp(png)
    .extend({ ...plan.pad, extendWith: "copy" })
    .png()
    .toBuffer();
}

/** How well a case was seen through. */
export interface Seen {
  scene: Scene;
  registration: Registration;
  /** Root mean square over the frame of found minus planted, canvas px; null: nothing was found. */
  errorPx: number | null;
  /** Of one canvas px, output px. */
  outputPerCanvasPx: number;
}

/** Registers the model's answer and compares with what was planted. */
export async function seeThrough(
  request: FinishRequest,
  drawing: Drawing,
  pool: PixelPool,
): Promise<Seen> {
  const scene = await openScene(request, pool);
  const registration = await registerScene(scene, pool);
  if (!registration) throw new Error("a planted case keeps something");
  const { alignment } = registration;
  const { scaled, crop } = request.plan;
  return {
    scene,
    registration,
    errorPx:
      alignment && meanDisplacement(difference(alignment, drawn(drawing, request.plan)), scaled),
    outputPerCanvasPx: crop.width / scaled.width,
  };
}

interface Moved {
  shiftX: number;
  shiftY: number;
  zoom: number;
}

/** The model zooms about the canvas's middle, an alignment about the working copy's. */
function drawn(
  { shiftX, shiftY, zoom }: Drawing,
  { canvas, scaled, pad }: ReturnType<typeof planFor>,
): Moved {
  return {
    shiftX: shiftX + (zoom - 1) * (pad.left + scaled.width / 2 - canvas.width / 2),
    shiftY: shiftY + (zoom - 1) * (pad.top + scaled.height / 2 - canvas.height / 2),
    zoom,
  };
}

function difference(a: Moved, b: Moved): Moved {
  return { shiftX: a.shiftX - b.shiftX, shiftY: a.shiftY - b.shiftY, zoom: 1 + a.zoom - b.zoom };
}
