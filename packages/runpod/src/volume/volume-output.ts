import { z } from "zod";

import { isEmptyOutput } from "../is-empty-output.ts";
import { fileNameOf, keyOfVolumePath } from "./volume-layout.ts";

const MAX_FILES = 100;

/** What the volume handler returns: absolute paths of what the graph saved. */
const VolumeOutput = z.object({
  prompt_id: z.string().optional(),
  files: z.array(z.string().max(2_000)),
  file_count: z.number().int().nonnegative().optional(),
});

/** One file of an output, by its key on the volume. */
export interface VolumeFile {
  key: string;
  filename: string;
}

/** What a COMPLETED job's output names; `unreadable`: a path is not on the volume, or no such output. */
export type VolumeContents =
  | { kind: "pictures"; files: readonly VolumeFile[] }
  | { kind: "nothing" }
  | { kind: "unreadable"; reason: string };

/** Reads the output of the volume handler; fetches nothing. */
export function readVolumeOutput(output: unknown): VolumeContents {
  if (isEmptyOutput(output)) return { kind: "nothing" };
  const parsed = VolumeOutput.safeParse(output);
  if (!parsed.success) return unreadable("The output is not the volume handler's.");
  const { files } = parsed.data;
  if (files.length === 0) return { kind: "nothing" };
  if (files.length > MAX_FILES) return unreadable(`The output lists ${files.length} files.`);
  const found = files.flatMap((path) => {
    const key = keyOfVolumePath(path);
    return key === null ? [] : [{ key, filename: fileNameOf(key) }];
  });
  // What does not lie on the volume does not take away what does.
  return found.length === 0
    ? unreadable("No path of the output lies on the volume.")
    : { kind: "pictures", files: found };
}

/** Names of the files an output of the volume handler lists; none where it is no such output. */
export function volumeFileNames(output: unknown): string[] {
  const contents = readVolumeOutput(output);
  return contents.kind === "pictures" ? contents.files.map(({ filename }) => filename) : [];
}

function unreadable(reason: string): VolumeContents {
  return { kind: "unreadable", reason };
}
