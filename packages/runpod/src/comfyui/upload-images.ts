import type { AttemptRequest } from "../backend.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";
import { storeFile } from "./store-file.ts";

/** Attempts whose uploads are remembered; a forgotten one is uploaded again under the same names. */
const MOST_REMEMBERED = 200;

/**
 * Puts an attempt's pictures into ComfyUI's input folder, unless they are there already. The names
 * are random, so repeating one changes nothing.
 * @throws {GpuUnavailable} | {GpuUnauthorized} as `askKnownRoute`
 */
export async function uploadImages(
  { server, uploaded }: { server: ComfyuiServer; uploaded: Set<string> },
  { images, filePrefix }: Pick<AttemptRequest, "images" | "filePrefix">,
  signal: AbortSignal,
): Promise<void> {
  if (uploaded.has(filePrefix)) return;
  for (const { name, bytes } of images) {
    await storeFile(server, { name, type: "input", bytes, filePrefix }, signal);
  }
  uploaded.add(filePrefix);
  const [oldest] = uploaded;
  if (uploaded.size > MOST_REMEMBERED && oldest !== undefined) uploaded.delete(oldest);
}
