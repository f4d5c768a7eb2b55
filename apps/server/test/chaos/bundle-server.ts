import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** They load files that lie beside them. */
const FIND_THEIR_OWN_PARTS: readonly string[] = ["sharp", "piscina"];

/**
 * The server's own sources and all they import, as they stand now, in few files: one that is killed
 * a thousand times spends its days loading two thousand modules otherwise (2.5 s of CPU a start
 * instead of 0.55 s). Files that are read beside a module are still read beside its source.
 * @returns the file to start
 */
export async function bundleServer(): Promise<string> {
  const bundle = await rolldown({
    input: MAIN,
    platform: "node",
    resolve: { conditionNames: ["ob-source", "node"] },
    logLevel: "silent",
    plugins: [
      {
        name: "where-the-sources-are",
        async resolveId(wanted, importer) {
          if (!FIND_THEIR_OWN_PARTS.includes(wanted)) return null;
          const found = await this.resolve(wanted, importer, { skipSelf: true });
          return found === null ? null : { id: pathToFileURL(found.id).href, external: true };
        },
        transform(code, id) {
          if (!code.includes("import.meta.url")) return null;
          const url = JSON.stringify(pathToFileURL(id).href);
          return { code: code.replaceAll("import.meta.url", url), map: null };
        },
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const files = output.flatMap((file) => (file.type === "chunk" ? [file] : []));
  const hash = createHash("sha256");
  for (const { fileName, code } of files) hash.update(`${fileName}\0${code}\0`);
  const folder = join(parentFolder(), hash.digest("hex").slice(0, 32));
  if (!existsSync(folder)) await place(folder, files);
  return join(folder, "main.js");
}

/** Ours alone: what lies there is executed. */
function parentFolder(): string {
  return fileURLToPath(new URL("../../../../node_modules/.ob-chaos-servers", import.meta.url));
}

/** Whole or not at all, whoever else does the same at this moment. */
async function place(
  folder: string,
  files: readonly { fileName: string; code: string }[],
): Promise<void> {
  await mkdir(parentFolder(), { recursive: true });
  await sweepOld();
  const draft = await mkdtemp(join(parentFolder(), "draft-"));
  await writeFile(join(draft, "package.json"), `{"type":"module"}`);
  for (const { fileName, code } of files) await writeFile(join(draft, fileName), code);
  await rename(draft, folder).catch(async (thrown: unknown) => {
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw thrown;
  });
}

/** Of other days: nobody runs from those any more. */
async function sweepOld(): Promise<void> {
  for (const name of await readdir(parentFolder())) {
    const folder = join(parentFolder(), name);
    const found = await stat(folder).catch(() => null);
    if (found === null || Date.now() - found.mtimeMs < 24 * 60 * 60_000) continue;
    await rm(folder, { recursive: true, force: true });
  }
}
