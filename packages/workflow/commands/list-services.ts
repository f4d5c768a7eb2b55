import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import * as z from "zod";

import { CannotRun, readArguments, runJsonCommand, type CommandResult } from "./json-command.ts";

// Writes src/services/gpu-services.ts from the folders beside it; with --check it only looks.

const FOLDER = new URL("../src/services/", import.meta.url);
const LIST = new URL("gpu-services.ts", FOLDER);

/** What a folder's service.ts exports besides its versions. */
const ServiceModule = z.object({
  /** Where the service stands in the catalogue: lower comes first. */
  CATALOGUE_PLACE: z.number(),
  SERVICE_VERSIONS: z.array(z.looseObject({ id: z.string() })).min(1),
});

async function main(argv: string[]): Promise<CommandResult> {
  const isCheck = readArguments("list-services [--check]", () => {
    const { values } = parseArgs({ args: argv, options: { check: { type: "boolean" } } });
    return values.check ?? false;
  });
  const folders = await serviceFolders();
  const text = listOf(folders);
  const isCurrent = existsSync(LIST) && readFileSync(LIST, "utf8") === text;
  if (!isCurrent && !isCheck) writeFileSync(LIST, text);
  return { exitCode: isCheck && !isCurrent ? 1 : 0, document: { isCurrent, folders } };
}

/** Every folder is a service, named by its id; in the catalogue's order. */
async function serviceFolders(): Promise<string[]> {
  const names = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const folders = await Promise.all(
    names.map(async (name) => ({ name, place: await cataloguePlace(name) })),
  );
  return folders
    .toSorted((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

async function cataloguePlace(folder: string): Promise<number> {
  const file = new URL(`${folder}/service.ts`, FOLDER);
  if (!existsSync(file)) throw new CannotRun(`src/services/${folder} has no service.ts`);
  const module = ServiceModule.safeParse(await import(file.href));
  if (!module.success) {
    throw new CannotRun(
      `src/services/${folder}/service.ts must export CATALOGUE_PLACE and SERVICE_VERSIONS`,
    );
  }
  if (module.data.SERVICE_VERSIONS.some(({ id }) => id !== folder)) {
    throw new CannotRun(`src/services/${folder} holds a service with another id`);
  }
  return module.data.CATALOGUE_PLACE;
}

function listOf(folders: readonly string[]): string {
  const imports = folders
    .toSorted()
    .map((id) => `import { SERVICE_VERSIONS as ${camelCase(id)} } from "./${id}/service.ts";`);
  return `// Written by commands/list-services.ts from the folders beside it, before every build.
import type { GpuService } from "../contract/gpu-service.ts";
${imports.join("\n")}

/** Every service version there is, in the catalogue's order; of one service the last is the newest. */
// oxfmt-ignore
export const GPU_SERVICES: readonly GpuService[] = [
${folders.map((id) => `  ...${camelCase(id)},`).join("\n")}
];
`;
}

function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

await runJsonCommand(main);
