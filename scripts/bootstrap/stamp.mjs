import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Hash of the contents of `files` (absent ones count as absent). */
export function hashContents(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${file}\0`);
    try {
      hash.update(readFileSync(file));
    } catch {
      hash.update("absent");
    }
  }
  return hash.digest("hex");
}

/** Hash of name, size and time of change of every file below `folders` that `takes` accepts. */
export function hashTimes(root, folders, takes) {
  const hash = createHash("sha256");
  const visit = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (!takes(entry)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) {
        const { mtimeMs, size } = statSync(path);
        hash.update(`${relative(root, path)}\0${mtimeMs}\0${size}\0`);
      }
    }
  };
  for (const folder of folders) visit(folder);
  return hash.digest("hex");
}

/** Whether the stamp file holds `value`. */
export function isStamped(file, value) {
  try {
    return readFileSync(file, "utf8") === value;
  } catch {
    return false;
  }
}

/** Writes the stamp: whole or not at all. */
export function stamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, value);
  renameSync(`${file}.${process.pid}`, file);
}
