import { GPU_SERVICES } from "@ob/workflow";
import { expect, test } from "vitest";
import { z } from "zod";

import type { AttemptRequest } from "../src/backend.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";
import { simulatedRunpod, type SimulatedRunpod } from "./support/simulated-runpod.ts";

const signal = new AbortController().signal;
const Image = z.object({ filename: z.string(), type: z.string(), data: z.string() });
const Drawn = z.object({ output: z.object({ images: z.tuple([Image]) }) });

const VARIANTS = GPU_SERVICES.flatMap(({ version, contract }) =>
  contract.variants.map((variant) => ({ version, ...variant })),
);

test.each(VARIANTS)(
  "$version $name gives a picture of the canvas's size",
  async ({ version, mode, hasMask, images }) => {
    await using runpod = await simulatedRunpod();
    const choices = { version, mode, masked: hasMask, extras: images - 1, filePrefix: "ob-x" };
    const { attempt, bound, canvas } = await simulatedEdit(choices);
    expect(bound.files).toHaveLength(images + (hasMask ? 1 : 0));
    const png = await drawnBy(runpod, attempt);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([canvas.width, canvas.height]);
  },
);

test.each([0.5, 1.25, 2])("photo-restore at %d MP gives a picture of that many", async (mp) => {
  await using runpod = await simulatedRunpod();
  const params = { megapixels: mp };
  const { attempt } = await simulatedEdit({
    version: "photo-restore@1",
    params,
    filePrefix: "ob-x",
  });
  const png = await drawnBy(runpod, attempt);
  const pixels = png.readUInt32BE(16) * png.readUInt32BE(20);
  expect(Math.abs(pixels / (mp * 1024 * 1024) - 1)).toBeLessThan(0.025);
});

/** The PNG a submitted edit ends in. */
async function drawnBy(runpod: SimulatedRunpod, attempt: AttemptRequest): Promise<Buffer> {
  const outcome = await runpod.client.submit(attempt, { signal });
  if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
  await runpod.finishJob(outcome.runpodJobId);
  const status = await (await runpod.request("GET", `/status/${outcome.runpodJobId}`)).json();
  const [image] = Drawn.parse(status).output.images;
  expect(image).toMatchObject({ filename: "ob-x_00001_.png", type: "base64" });
  return Buffer.from(image.data, "base64");
}
