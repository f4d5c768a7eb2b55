import type { Leftovers } from "../backend.ts";
import { inputKey } from "./upload-inputs.ts";
import { deleteFile, listFiles } from "./volume-files.ts";
import type { VolumeSide } from "./volume-calls.ts";
import { INPUT_FOLDER, OUTPUT_FOLDER } from "./volume-layout.ts";

/** One graph saves a handful of files; more under one prefix wait for the sweep. */
const MOST_OUTPUTS = 50;
/** A sweep looks at so many files of each folder, and deletes so many at a time. */
const PAGE = 1_000;
const MOST_PAGES = 20;
const DELETES_AT_ONCE = 8;
/** The shortest prefix that is nobody else's too: an empty one would list every file. */
const LEAST_PREFIX = 8;

/** Deletes what an ended attempt left on the volume: its pictures, and what was drawn of them. */
export async function discardFiles(
  volume: VolumeSide,
  { filePrefix, imageNames }: Leftovers,
  signal: AbortSignal,
): Promise<void> {
  const keys = imageNames.map(inputKey);
  if (filePrefix.length >= LEAST_PREFIX) {
    const page = { prefix: `${OUTPUT_FOLDER}${filePrefix}`, after: null, limit: MOST_OUTPUTS };
    keys.push(...(await listFiles(volume, page, signal)).files.map(({ key }) => key));
  }
  await deleteAll(volume, keys, signal);
}

/** Deletes what was left behind in our two folders before `before`. @returns how many files */
export async function sweepFiles(
  volume: VolumeSide,
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  let swept = 0;
  for (const prefix of [INPUT_FOLDER, OUTPUT_FOLDER]) {
    let after: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const listed = await listFiles(volume, { prefix, after, limit: PAGE }, signal);
      const old = listed.files.filter(({ modifiedAt }) => modifiedAt < before);
      await deleteAll(
        volume,
        old.map(({ key }) => key),
        signal,
      );
      swept += old.length;
      after = listed.nextAfter;
      if (after === null) break;
    }
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
