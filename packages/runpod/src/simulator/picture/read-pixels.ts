import { scaleToTotalPixels } from "@ob/workflow/canvas";
import sharp from "sharp";

import type { GraphTrace, PictureTrace } from "../worker/trace-graph.ts";

/** 8-bit RGB, row by row. */
export interface Pixels {
  rgb: Uint8Array;
  width: number;
  height: number;
}

/** Reads a picture as the graph's nodes do: upright, RGB, scaled, centre-cropped to a multiple of 8. */
export async function readPixels(
  bytes: Uint8Array,
  o: { latentSize: GraphTrace["latentSize"]; totalPixels: PictureTrace["totalPixels"] },
): Promise<Pixels> {
  const { autoOrient: upright } = await sharp(bytes).metadata();
  const scaled = o.totalPixels === null ? upright : scaleToTotalPixels(upright, o.totalPixels);
  const size = o.latentSize ?? {
    width: Math.max(1, scaled.width),
    height: Math.max(1, scaled.height),
  };
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize(size.width, size.height, { fit: "fill" })
    .extract(centreCrop(size))
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
}

/** The middle of a picture, its sides multiples of 8; a side below 8 stays as it is. */
function centreCrop(size: { width: number; height: number }) {
  const width = size.width < 8 ? size.width : size.width - (size.width % 8);
  const height = size.height < 8 ? size.height : size.height - (size.height % 8);
  const left = Math.floor((size.width - width) / 2);
  return { left, top: Math.floor((size.height - height) / 2), width, height };
}
