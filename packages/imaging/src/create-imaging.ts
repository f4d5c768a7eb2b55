import type { CanvasPlan } from "@ob/workflow/canvas";
import { blockLoaders } from "./block-loaders.ts";
import { convertPicture, type PictureFormat } from "./convert-picture.ts";
import { createGate } from "./create-gate.ts";
import { countPixels } from "./count-pixels.ts";
import { decodeUpload, type DecodedUpload, type DecodeUploadOptions } from "./decode-upload.ts";
import type { FinishedResult } from "./deliver.ts";
import { finishResult } from "./finish-result.ts";
import { MAX_PIXELS } from "./limits.ts";
import { openPixelPool } from "./open-pixel-pool.ts";
import type { FinishRequest } from "./open-scene.ts";
import { prepareInputs, type PreparedInputs, type PrepareRequest } from "./prepare-inputs.ts";

/** Everything the service does with pixels. Decoders and loops run off the event loop. */
export interface Imaging {
  /**
   * JPEG, PNG or WebP by its bytes, strictly; upright, sRGB, 8 bit, alpha kept, metadata gone.
   * @throws {ImageError} with the code for the caller.
   */
  decodeUpload(bytes: Uint8Array, options: DecodeUploadOptions): Promise<DecodedUpload>;
  /** Working copies for the model: the canvas of exactly its size, further pictures, the mask. */
  prepareInputs(request: PrepareRequest): Promise<PreparedInputs>;
  /**
   * Aligns, pastes back, encodes and measures.
   * @throws {ImageError} when the model's output cannot be decoded or has another shape than the canvas.
   */
  finishResult(request: FinishRequest): Promise<FinishedResult>;
  /** One of our PNGs in another format, without metadata; null = too long a side for the format. */
  convert(png: Uint8Array, format: PictureFormat): Promise<Uint8Array | null>;
  /** Ends the worker threads; running work is dropped. */
  close(): Promise<void>;
}

/** Sizes of the pool and of the gate. */
export interface ImagingOptions {
  /** Worker threads for pixel loops. @default 2 */
  threads?: number;
  /** Operations at once; others wait in line, those of requests and those of jobs in turn. @default 2 */
  concurrency?: number;
  /**
   * Pixels of all operations at once, each of which holds some 25 to 40 bytes per pixel until
   * collected; a larger picture is worked on alone. @default 40 million, the largest picture
   */
  pixels?: number;
}

/** Makes the imaging port. Blocks every libvips loader but JPEG, PNG and WebP for the whole process. */
export function createImaging(options: ImagingOptions = {}): Imaging {
  blockLoaders();
  const pool = openPixelPool(options.threads ?? 2);
  const room = { tasks: options.concurrency ?? 2, pixels: options.pixels ?? MAX_PIXELS };
  // Somebody looks at the page while a request waits; jobs have time, but not for ever.
  const gate = createGate(room, ["request", "job"]);
  const ofRequest = (pixels: number) => ({ lane: "request", pixels }) as const;
  const ofJob = ({ plan }: { plan: CanvasPlan }) =>
    ({ lane: "job", pixels: pixelsOf(plan) }) as const;
  return {
    decodeUpload: async (bytes, upload) =>
      gate(ofRequest(await countPixels(bytes)), () => decodeUpload(bytes, upload, pool)),
    prepareInputs: (request) => gate(ofJob(request), () => prepareInputs(request, pool)),
    finishResult: (request) => gate(ofJob(request), () => finishResult(request, pool)),
    convert: async (png, format) =>
      gate(ofRequest(format === "png" ? 0 : await countPixels(png)), () =>
        convertPicture(png, format),
      ),
    close: () => pool.close(),
  };
}

/** What is held at once: a source that is scaled down stands beside the output only for a moment. */
function pixelsOf({ source, output }: CanvasPlan): number {
  return Math.max(source.width * source.height, output.width * output.height);
}
