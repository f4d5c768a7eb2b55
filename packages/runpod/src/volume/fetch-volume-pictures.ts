import type { OutputImage, OutputReading, WantedPictures } from "../backend.ts";
import { GpuUnavailable } from "../errors.ts";
import { getFile } from "./volume-files.ts";
import type { VolumeSide } from "./volume-calls.ts";
import { readVolumeOutput } from "./volume-output.ts";

/**
 * Fetches the pictures that an output names from the volume: only files that bear the attempt's own
 * prefix, and no more than `maxBytes` of them in all.
 * @throws {GpuUnavailable} also when a file is not to be seen yet; {GpuUnauthorized} as `callVolume`
 */
export async function fetchVolumePictures(
  volume: VolumeSide,
  { output, want }: { output: unknown; want: WantedPictures },
  signal: AbortSignal,
): Promise<OutputReading> {
  const contents = readVolumeOutput(output);
  if (contents.kind !== "pictures") return contents;
  const ours = contents.files.filter(({ filename }) => filename.startsWith(want.filePrefix));
  if (ours.length === 0) {
    return { kind: "unreadable", reason: "No file of the output bears our prefix." };
  }
  const images: OutputImage[] = [];
  let leftBytes = want.maxBytes;
  for (const { key, filename } of ours) {
    const file = { key, maxBytes: leftBytes, filePrefix: want.filePrefix };
    const answer = await getFile(volume, file, signal);
    if (answer.kind === "missing") {
      throw new GpuUnavailable("A picture is not on the volume yet.", { status: 404 });
    }
    if (answer.kind === "too-large") {
      return { kind: "unreadable", reason: `The pictures have more than ${want.maxBytes} bytes.` };
    }
    leftBytes -= answer.bytes.byteLength;
    images.push({ filename, bytes: answer.bytes });
  }
  return { kind: "images", images };
}
