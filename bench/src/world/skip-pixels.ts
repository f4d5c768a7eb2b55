import { createHash, randomBytes } from "node:crypto";
import type { Imaging } from "@ob/imaging";

/** Bytes of a working copy as the GPU gets it: small, so that encoding it is in no figure. */
const WORKING_COPY_BYTES = 2_000;

/**
 * Imaging that takes uploads as they are taken in service and does no pixel work for jobs, for runs
 * in which pixels would drown what is measured. What the model sends decides what is stored.
 */
export function skipPixels(real: Pick<Imaging, "decodeUpload" | "convert" | "close">): Imaging {
  const file = { bytes: randomBytes(WORKING_COPY_BYTES), extension: "png" } as const;
  return {
    decodeUpload: (bytes, options) => real.decodeUpload(bytes, options),
    convert: (png, format) => real.convert(png, format),
    close: () => real.close(),
    async prepareInputs({ extras, plan }) {
      for (const read of extras) await read();
      return { images: [file, ...extras.map(() => file)], mask: plan.mask === null ? null : file };
    },
    async finishResult({ modelOutput, plan }) {
      const png = Buffer.concat([Buffer.from("finished "), modelOutput]);
      return {
        png,
        preview: Buffer.concat([Buffer.from("preview "), modelOutput]),
        width: plan.output.width,
        height: plan.output.height,
        sha256: createHash("sha256").update(png).digest("hex"),
        fidelity: {
          comparedPixels: null,
          changedOutsideMask: null,
          shiftPx: null,
          similarity: 1,
          residualPx: null,
          seam: null,
          aligned: null,
        },
      };
    },
  };
}

/** The same for processes that take no uploads either. */
export function noPixelsAtAll(): Imaging {
  const none = () => Promise.reject(new Error("this process takes no uploads"));
  return skipPixels({ decodeUpload: none, convert: none, close: async () => {} });
}
