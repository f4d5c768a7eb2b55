import type { Leftovers } from "../backend.ts";
import { inputKey } from "./upload-inputs.ts";
import { deleteFile, listFiles } from "./volume-files.ts";
import type { VolumeSide } from "./volume-calls.ts";
import { INPUT_FOLDER, OUTPUT_FOLDER } from "./volume-layout.ts";

/** One graph saves a handful of files; more under one prefix wait for the sweep. */
const MOST_OUTPUTS = 50;
/** Of each folder and sweep, and so many deletions at a time. */
const MOST_SWEPT = 1_000;
const DELETES_AT_ONCE = 8;
/** The shortest prefix that is nobody else's too: an empty one would list every file. */
const LEAST_PREFIX = 8;

/** Deletes what an ended attempt left on the volume: its pictures, and what was drawn of them. */
export async function discardFiles(
  volume: VolumeSide,
  { filePrefix, imageNames }: Leftovers,
  signal: AbortSignal,
): Promise<void> {
  const outputs =
    filePrefix.length < LEAST_PREFIX
      ? []
      : await listFiles(
          volume,
          { prefix: `${OUTPUT_FOLDER}${filePrefix}`, limit: MOST_OUTPUTS },
          signal,
        );
  await deleteAll(volume, [...imageNames.map(inputKey), ...outputs.map(({ key }) => key)], signal);
}

/** Deletes what was left behind in our two folders before `before`, oldest names first. @returns how many */
export async function sweepFiles(
  volume: VolumeSide,
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  let swept = 0;
  for (const prefix of [INPUT_FOLDER, OUTPUT_FOLDER]) {
    const listed = await listFiles(volume, { prefix, limit: MOST_SWEPT }, signal);
    const old = listed.filter(({ modifiedAt }) => modifiedAt < before).map(({ key }) => key);
    await deleteAll(volume, old, signal);
    swept += old.length;
  }
  return swept;
}

// The volume knows no batch delete.
async function deleteAll(
  volume: VolumeSide,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (let at = 0; at < keys.length; at += DELETES_AT_ONCE) {
    const batch = keys.slice(at, at + DELETES_AT_ONCE);
    await Promise.all(batch.map((key) => deleteFile(volume, key, signal)));
  }
}
