import sharp from "sharp";

import type { MaskTrace } from "../worker/trace-mask.ts";

const CHANNEL_INDEX = { red: 0, green: 1, blue: 2, alpha: 3 } as const satisfies Record<
  MaskTrace["channel"],
  number
>;

/** Reads a mask at the latent's size, 255 = change, grown, then blurred. Alpha counts inverted, as in ComfyUI. */
export async function readMask(
  mask: MaskTrace & { bytes: Uint8Array },
  { width, height }: { width: number; height: number },
): Promise<Uint8Array> {
  const size = { width, height };
  const { data } = await sharp(mask.bytes)
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha()
    .extractChannel(CHANNEL_INDEX[mask.channel])
    .resize(size.width, size.height, { fit: "fill", kernel: "linear" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const values = mask.channel === "alpha" ? data.map((alpha) => 255 - alpha) : data;
  const grown = growMask(values, size, Math.round(mask.growPx));
  if (mask.blurPx <= 0) return grown;
  return sharp(grown, { raw: { ...size, channels: 1 } })
    .blur(Math.max(0.3, mask.blurPx / 2))
    .toColourspace("b-w")
    .raw()
    .toBuffer();
}

/** Widens the white area by `growPx` in every direction; soft edges inside stay as they are. */
function growMask(
  values: Uint8Array,
  size: { width: number; height: number },
  growPx: number,
): Uint8Array {
  if (growPx <= 0) return values;
  const { width, height } = size;
  const sideways = new Uint8Array(values);
  for (let y = 0; y < height; y += 1) {
    spread(values, sideways, { start: y * width, step: 1, count: width, growPx });
  }
  const grown = new Uint8Array(sideways);
  for (let x = 0; x < width; x += 1) {
    spread(sideways, grown, { start: x, step: width, count: height, growPx });
  }
  return grown;
}

/** Marks everything within `growPx` of a white value along one line. */
function spread(
  from: Uint8Array,
  to: Uint8Array,
  line: { start: number; step: number; count: number; growPx: number },
): void {
  let sinceForward = line.growPx + 1;
  let sinceBackward = line.growPx + 1;
  for (let index = 0; index < line.count; index += 1) {
    const forward = line.start + index * line.step;
    sinceForward = (from[forward] ?? 0) > 127 ? 0 : sinceForward + 1;
    if (sinceForward <= line.growPx) to[forward] = 255;
    const backward = line.start + (line.count - 1 - index) * line.step;
    sinceBackward = (from[backward] ?? 0) > 127 ? 0 : sinceBackward + 1;
    if (sinceBackward <= line.growPx) to[backward] = 255;
  }
}
