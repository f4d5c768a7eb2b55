import { z } from "zod";

import type { AttemptImage, AttemptRequest } from "../backend.ts";
import { GpuUnavailable } from "../errors.ts";
import { askKnownRoute, takeJson } from "./ask-comfyui.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";

const Uploaded = z.object({ name: z.string(), subfolder: z.string(), type: z.string() });

/** Attempts whose uploads are remembered; a forgotten one is uploaded again under the same names. */
const MOST_REMEMBERED = 200;

/**
 * Puts an attempt's pictures into ComfyUI's input folder, unless they are there already. The names
 * are random, so repeating one changes nothing. ComfyUI offers no way to delete them again.
 * @throws {GpuUnavailable} | {GpuUnauthorized} as `askKnownRoute`
 */
export async function uploadImages(
  { server, uploaded }: { server: ComfyuiServer; uploaded: Set<string> },
  { images, filePrefix }: Pick<AttemptRequest, "images" | "filePrefix">,
  signal: AbortSignal,
): Promise<void> {
  if (uploaded.has(filePrefix)) return;
  for (const image of images) await uploadImage(server, { image, filePrefix }, signal);
  uploaded.add(filePrefix);
  const [oldest] = uploaded;
  if (uploaded.size > MOST_REMEMBERED && oldest !== undefined) uploaded.delete(oldest);
}

async function uploadImage(
  server: ComfyuiServer,
  { image, filePrefix }: { image: AttemptImage; filePrefix: string },
  signal: AbortSignal,
): Promise<void> {
  const form = new FormData();
  form.set("image", new File([new Uint8Array(image.bytes)], image.name));
  form.set("type", "input");
  form.set("overwrite", "true");
  const stored = await askKnownRoute(
    server,
    {
      operation: "upload",
      method: "POST",
      path: "/upload/image",
      body: form,
      meant: { image: image.bytes, name: image.name, type: "input", overwrite: "true" },
      filePrefix,
      take: takeJson((json) => Uploaded.safeParse(json).data ?? null),
    },
    signal,
  );
  // The graph names the file: under another name it would load somebody else's, or none.
  if (stored.name === image.name && stored.subfolder === "" && stored.type === "input") return;
  throw new GpuUnavailable("ComfyUI stored a picture under another name.");
}
