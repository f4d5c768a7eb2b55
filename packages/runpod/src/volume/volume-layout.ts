/**
 * Where pictures lie on the volume. ComfyUI is started with these two folders as its input and output
 * folder, so that a graph names flat files and nothing has to be copied or linked.
 * @see docs/volume-handler.md
 */
export const INPUT_FOLDER = "ob/in/";
export const OUTPUT_FOLDER = "ob/out/";

/** Where workers and pods have the volume mounted. */
const MOUNTS = ["/runpod-volume/", "/workspace/"] as const;

const MAX_KEY_BYTES = 1_024;

/**
 * The S3 key of an absolute path on a worker. Null = it does not lie on the volume, or is written in
 * a way that could mean another file than it seems to.
 */
export function keyOfVolumePath(path: string): string | null {
  const mount = MOUNTS.find((each) => path.startsWith(each));
  if (mount === undefined) return null;
  const key = path.slice(mount.length);
  if (!key.isWellFormed() || Buffer.byteLength(key) > MAX_KEY_BYTES) return null;
  // Control characters and backslashes.
  if (/[\p{Cc}\\]/u.test(key)) return null;
  const isPlain = key.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return isPlain ? key : null;
}

/** The last part of a key or path. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
