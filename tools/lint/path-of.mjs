import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The linted file relative to the root, with forward slashes. */
export function pathOf(context) {
  return relative(ROOT, context.physicalFilename ?? context.filename)
    .split(sep)
    .join("/");
}
