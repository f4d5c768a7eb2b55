import { watch } from "node:fs";
import { join } from "node:path";
import type { KeptProcess } from "./keep-process.ts";
import type { Place } from "./place.ts";

const SETTLE_MS = 150;
const SOURCES = [
  "apps/server/src",
  "packages/api/src",
  "packages/db/src",
  "packages/imaging/src",
  "packages/runpod/src",
  "packages/workflow/src",
];

/** Restarts the server when a source it may use changed. */
export function restartOnChange(server: KeptProcess, place: Place): void {
  let timer: NodeJS.Timeout | undefined;
  const onChange = (_event: string, file: string | null): void => {
    if (file !== null && !isServerSource(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      place.log({ level: "info", event: "source changed", file });
      void server.restart();
    }, SETTLE_MS);
  };
  for (const folder of SOURCES) {
    watch(join(place.root, folder), { recursive: true, signal: place.stopped }, onChange);
  }
  place.stopped.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

/** Sources the server loads: neither tests nor an editor's drafts. */
export function isServerSource(file: string): boolean {
  return /\.(ts|json|sql)$/.test(file) && !file.endsWith(".test.ts");
}
