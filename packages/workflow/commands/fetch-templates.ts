import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { CannotRun } from "./json-command.ts";

/** A template as the package has it. */
export interface TemplateFile {
  name: string;
  text: string;
}

const PACKAGE = "comfyui-workflow-templates";
const REQUIREMENT = /^Requires-Dist: (comfyui-workflow-templates-[\w-]+)==([\w.]+)$/gm;

/**
 * Downloads the official templates from PyPI into `folder` and returns the JSON files among them.
 * `version` null: the newest.
 * @throws {CannotRun} when Python, pip or the network is missing.
 */
export function fetchTemplates(
  folder: string,
  version: string | null,
): { version: string; files: TemplateFile[] } {
  download(folder, version === null ? [PACKAGE] : [`${PACKAGE}==${version}`]);
  unpack(folder);
  const info = readdirSync(folder).find((name) => /templates-[\d.]+\.dist-info$/.test(name));
  if (info === undefined) throw new CannotRun(`${PACKAGE} has another shape now`);
  const metadata = readFileSync(join(folder, info, "METADATA"), "utf8");
  const parts = [...metadata.matchAll(REQUIREMENT)].map(([, name = "", at = ""]) => ({ name, at }));
  // Newer versions have all graphs in one small package; older ones beside their pictures.
  const json = parts.filter(({ name }) => name.endsWith("-json"));
  download(
    folder,
    (json.length > 0 ? json : parts).map(({ name, at }) => `${name}==${at}`),
  );
  unpack(folder);
  return {
    version: /templates-([\d.]+)\.dist/.exec(info)?.[1] ?? "",
    files: templateFiles(folder),
  };
}

function download(folder: string, packages: readonly string[]): void {
  run("python3", ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, ...packages]);
}

function unpack(folder: string): void {
  for (const wheel of readdirSync(folder).filter((name) => name.endsWith(".whl"))) {
    run("python3", ["-m", "zipfile", "--extract", join(folder, wheel), folder]);
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  throw new CannotRun(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
}

function templateFiles(folder: string): TemplateFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /templates[/\\][^/\\]+\.json$/.test(path))
    .toSorted()
    .map((path) => ({ name: path, text: readFileSync(join(folder, path), "utf8") }));
}
