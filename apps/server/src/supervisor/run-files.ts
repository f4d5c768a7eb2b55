import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What `DATA_DIR/run/<part>.json` says of one running part: the process itself and its origin. */
export const RunFile = z.object({
  pid: z.int().positive(),
  port: z.int().positive(),
  url: z.string(),
});
export type RunFile = z.infer<typeof RunFile>;

export type PartName = "server" | "postgres" | "simulator";

function pathOf(dataDir: string, part: PartName): string {
  return join(dataDir, "run", `${part}.json`);
}

/** Null when the part has no file, or one that cannot be read. */
export async function readRunFile(dataDir: string, part: PartName): Promise<RunFile | null> {
  const text = await readFile(pathOf(dataDir, part), "utf8").catch(() => "");
  try {
    return RunFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A reader sees the old file or the new one, never a half. */
export async function writeRunFile(dataDir: string, part: PartName, file: RunFile): Promise<void> {
  const path = pathOf(dataDir, part);
  await mkdir(join(dataDir, "run"), { recursive: true });
  await writeFile(`${path}.tmp`, `${JSON.stringify(file)}\n`);
  await rename(`${path}.tmp`, path);
}

export async function removeRunFile(dataDir: string, part: PartName): Promise<void> {
  await rm(pathOf(dataDir, part), { force: true });
}
