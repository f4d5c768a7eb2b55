import { Buffer } from "node:buffer";
import { posix } from "node:path";

import sharp from "sharp";

import { drawPicture } from "../picture/draw-picture.ts";
import type { GraphTrace } from "./trace-graph.ts";
import type { FileTrace } from "./walk-graph.ts";

/** What ComfyUI makes of a graph: its picture, or the LoadImage whose file is no picture. */
export type DrawnTrace =
  | { kind: "picture"; filename: string; png: Uint8Array }
  | { kind: "unreadable"; nodeId: string };

/** Draws what a graph asks for from the files ComfyUI's input folder holds. */
export async function drawTrace(
  trace: GraphTrace,
  files: ReadonlyMap<string, Uint8Array>,
  simulatorSeed: number,
): Promise<DrawnTrace> {
  const { image, extras, mask, latentSize, denoise, prompt, seed } = trace;
  const bytesOf = ({ file }: FileTrace): Uint8Array => files.get(file) ?? Buffer.alloc(0);
  try {
    const png = await drawPicture({
      image: bytesOf(image),
      extras: extras.map(bytesOf),
      totalPixels: image.totalPixels,
      mask: mask === null ? null : { ...mask, bytes: bytesOf(mask) },
      latentSize,
      denoise,
      prompt,
      seed,
      simulatorSeed,
    });
    return { kind: "picture", filename: `${posix.basename(trace.filePrefix)}_00001_.png`, png };
  } catch (error) {
    // Only after a failure is it worth decoding each file again, to name the node at fault.
    for (const loaded of [image, ...extras, ...(mask === null ? [] : [mask])]) {
      if (await isPicture(bytesOf(loaded))) continue;
      return { kind: "unreadable", nodeId: loaded.nodeId };
    }
    throw error;
  }
}

/** Whether the whole file decodes. */
async function isPicture(bytes: Uint8Array): Promise<boolean> {
  return sharp(bytes)
    .stats()
    .then(() => true)
    .catch(() => false);
}
