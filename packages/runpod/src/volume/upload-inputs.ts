import type { AttemptRequest } from "../backend.ts";
import { putFile } from "./volume-files.ts";
import type { VolumeSide } from "./volume-calls.ts";
import { INPUT_FOLDER } from "./volume-layout.ts";

/** Attempts whose uploads are remembered; a forgotten one is uploaded again under the same names. */
const MOST_REMEMBERED = 200;

/** Flat and plain: a name never leads out of the input folder, nor into one of ComfyUI's annotations. */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * Writes an attempt's pictures to the volume's input folder, unless this process has done so already.
 * @throws {GpuUnavailable} | {GpuUnauthorized} as `callVolume`
 */
export async function uploadInputs(
  { volume, uploaded }: { volume: VolumeSide; uploaded: Set<string> },
  { images, filePrefix }: Pick<AttemptRequest, "images" | "filePrefix">,
  signal: AbortSignal,
): Promise<void> {
  if (uploaded.has(filePrefix)) return;
  const files = images.map(({ name, bytes }) => ({ key: inputKey(name), bytes, filePrefix }));
  await Promise.all(files.map((file) => putFile(volume, file, signal)));
  uploaded.add(filePrefix);
  const [oldest] = uploaded;
  if (uploaded.size > MOST_REMEMBERED && oldest !== undefined) uploaded.delete(oldest);
}

/** Where a picture that is sent lies. @throws on a name this program would never make */
export function inputKey(name: string): string {
  if (!PLAIN_NAME.test(name)) throw new Error("not a name of a picture of ours");
  return `${INPUT_FOLDER}${name}`;
}
