import { blockLoaders } from "./block-loaders.ts";
import { convertPicture, type PictureFormat } from "./convert-picture.ts";
import { createGate } from "./create-gate.ts";
import { decodeUpload, type DecodedUpload, type DecodeUploadOptions } from "./decode-upload.ts";
import { finishResult, type FinishedResult, type FinishRequest } from "./finish-result.ts";
import { openPixelPool } from "./open-pixel-pool.ts";
import { prepareInputs, type PreparedInputs, type PrepareRequest } from "./prepare-inputs.ts";

/** Everything the service does with pixels. Decoders and loops run off the event loop. */
export interface Imaging {
  /**
   * JPEG, PNG or WebP by its bytes, strictly; upright, sRGB, 8 bit, alpha kept, metadata gone.
   * @throws {ImageError} with the code for the caller.
   */
  decodeUpload(bytes: Uint8Array, options: DecodeUploadOptions): Promise<DecodedUpload>;
  /** Working copies for the model, of exactly the canvas size. */
  prepareInputs(request: PrepareRequest): Promise<PreparedInputs>;
  /**
   * Aligns, pastes back, encodes and measures.
   * @throws {ImageError} when the model's output cannot be decoded.
   */
  finishResult(request: FinishRequest): Promise<FinishedResult>;
  /** One of our PNGs in another format, without metadata. */
  convert(png: Uint8Array, format: PictureFormat): Promise<Uint8Array>;
  /** Ends the worker threads; running work is dropped. */
  close(): Promise<void>;
}

/** Sizes of the pool and of the gate. */
export interface ImagingOptions {
  /** Worker threads for pixel loops. @default 2 */
  threads?: number;
  /** Operations at once; others wait in line. One holds some 25 bytes per pixel, twice that until collected. @default 2 */
  concurrency?: number;
}

/** Makes the imaging port. Blocks every libvips loader but JPEG, PNG and WebP for the whole process. */
export function createImaging(options: ImagingOptions = {}): Imaging {
  blockLoaders();
  const pool = openPixelPool(options.threads ?? 2);
  const gate = createGate(options.concurrency ?? 2);
  return {
    decodeUpload: (bytes, upload) => gate(() => decodeUpload(bytes, upload, pool)),
    prepareInputs: (request) => gate(() => prepareInputs(request, pool)),
    finishResult: (request) => gate(() => finishResult(request, pool)),
    convert: (png, format) => gate(() => convertPicture(png, format)),
    close: () => pool.close(),
  };
}
