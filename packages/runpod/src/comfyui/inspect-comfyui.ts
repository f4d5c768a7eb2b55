import type { NodeClass, RequiredModel } from "@ob/workflow";
import { z } from "zod";

import { askKnownRoute, takeJson } from "./ask-comfyui.ts";
import { createComfyuiServer, type ComfyuiServerOptions } from "./comfyui-server.ts";
import { readSystem, type ComfyuiSystem } from "./read-comfyui-health.ts";

/** Custom nodes declare all sorts of things: what is no list of inputs has none. */
const ClassInfo = z.object({
  input: z.object({ required: z.record(z.string(), z.array(z.unknown())).catch({}).default({}) }),
});
const ObjectInfo = z.record(z.string(), ClassInfo);

/** Something our graphs need and a ComfyUI has not. */
export type MissingPart =
  | { kind: "node-class"; name: string; since: string }
  | { kind: "model-file"; file: string; loader: string; found: readonly string[] };

export interface ComfyuiInspection {
  system: ComfyuiSystem;
  /** Each part once, however many graphs need it. */
  missing: MissingPart[];
}

/** What a service's contract needs of a ComfyUI. */
export interface ComfyuiNeeds {
  nodeClasses: readonly NodeClass[];
  models: readonly RequiredModel[];
}

/**
 * Looks whether a ComfyUI has the node classes and model files that graphs need; queues nothing.
 * @throws {GpuUnavailable} | {GpuUnauthorized} when it cannot be asked
 */
export async function inspectComfyui(
  options: ComfyuiServerOptions,
  needs: ComfyuiNeeds,
  signal: AbortSignal,
): Promise<ComfyuiInspection> {
  const server = createComfyuiServer(options);
  const system = await readSystem(server, signal);
  const take = takeJson((json) => ObjectInfo.safeParse(json).data ?? null);
  const about = { operation: "health", method: "GET", path: "/object_info" } as const;
  const classes = await askKnownRoute(server, { ...about, take }, signal);
  const missing = new Map<string, MissingPart>();
  for (const { name, since } of needs.nodeClasses) {
    if (!Object.hasOwn(classes, name)) missing.set(name, { kind: "node-class", name, since });
  }
  for (const { loader, input, file } of needs.models) {
    const found = choicesOf(classes[loader]?.input.required[input]);
    if (!found.includes(file)) missing.set(file, { kind: "model-file", file, loader, found });
  }
  return { system, missing: [...missing.values()] };
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
