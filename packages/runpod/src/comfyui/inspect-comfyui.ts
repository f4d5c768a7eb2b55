import { readObjectInfo, type NodeClass, type RequiredModel } from "@ob/workflow";
import { GPU_SERVICES } from "@ob/workflow";

import { askKnownRoute, takeJson } from "./ask-comfyui.ts";
import { createComfyuiServer, type ComfyuiServerOptions } from "./comfyui-server.ts";
import { readSystem, type ComfyuiSystem } from "./read-comfyui-health.ts";

/** Something our graphs need and a ComfyUI has not. */
export type MissingPart =
  | { kind: "node-class"; name: string; since: string }
  | { kind: "model-file"; file: string; loader: string; found: readonly string[] };

export interface ComfyuiInspection {
  system: ComfyuiSystem;
  missing: MissingPart[];
}

/** What every service of ours needs of a ComfyUI. */
export interface ComfyuiNeeds {
  nodeClasses: readonly NodeClass[];
  models: readonly RequiredModel[];
}

/**
 * Looks whether a ComfyUI has the node classes and model files that our graphs name; queues nothing.
 * @throws {GpuUnavailable} | {GpuUnauthorized} when it cannot be asked
 */
export async function inspectComfyui(
  options: ComfyuiServerOptions,
  signal: AbortSignal,
  needs: ComfyuiNeeds = needsOfOurGraphs(),
): Promise<ComfyuiInspection> {
  const server = createComfyuiServer(options);
  const system = await readSystem(server, signal);
  const take = takeJson((json) => readClasses(json));
  const about = { operation: "health", method: "GET", path: "/object_info" } as const;
  const classes = await askKnownRoute(server, { ...about, take }, signal);
  const missing: MissingPart[] = needs.nodeClasses
    .filter(({ name }) => !classes.has(name))
    .map(({ name, since }) => ({ kind: "node-class", name, since }));
  for (const { loader, input, file } of needs.models) {
    const found = choicesOf(classes.get(loader)?.input.required?.[input]);
    if (!found.includes(file)) missing.push({ kind: "model-file", file, loader, found });
  }
  return { system, missing };
}

function needsOfOurGraphs(): ComfyuiNeeds {
  const contracts = GPU_SERVICES.map(({ contract }) => contract);
  const byName = new Map(
    contracts.flatMap(({ nodeClasses }) => nodeClasses.map((each) => [each.name, each] as const)),
  );
  const byFile = new Map(
    contracts.flatMap(({ models }) => models.map((each) => [each.file, each] as const)),
  );
  return { nodeClasses: [...byName.values()], models: [...byFile.values()] };
}

function readClasses(json: unknown) {
  try {
    return readObjectInfo(json).nodeTypes;
  } catch {
    // Not what /object_info gives, whoever answered.
    return null;
  }
}

/** The choices of a list input: older classes give the list itself, newer ones COMBO with options. */
function choicesOf(spec: readonly unknown[] | undefined): string[] {
  const [type, settings] = spec ?? [];
  const options =
    typeof settings === "object" && settings !== null && "options" in settings
      ? settings.options
      : type;
  return Array.isArray(options) ? options.filter((each) => typeof each === "string") : [];
}
