import type { Imaging } from "@ob/imaging";
import { sha256Hex } from "../services/sha256-hex.ts";

/** Begins as a PNG does: outputs are taken for pictures by their first bytes. */
const WORKING_COPY = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from("working copy"),
]);

/**
 * Imaging that does no pixel work, for tests of the lifecycle that run thousands of jobs: what goes
 * in decides what comes out, and nothing is looked at.
 */
export function createStubImaging(): Imaging {
  return {
    async decodeUpload() {
      throw new Error("the stub decodes nothing");
    },
    async prepareInputs({ extras, plan }) {
      const file = { bytes: WORKING_COPY, extension: "png" } as const;
      for (const read of extras) await read();
      return { images: [file, ...extras.map(() => file)], mask: plan.mask === null ? null : file };
    },
    async finishResult({ modelOutput, plan }) {
      const png = Buffer.from(`finished ${sha256Hex(modelOutput)}`);
      return {
        png,
        preview: Buffer.from(`preview ${sha256Hex(modelOutput)}`),
        width: plan.output.width,
        height: plan.output.height,
        sha256: sha256Hex(png),
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
    async convert(png) {
      return png;
    },
    async close() {},
  };
}
