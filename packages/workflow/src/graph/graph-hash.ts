import { createHash } from "node:crypto";

import type { ApiGraph } from "./api-graph.ts";
import { canonicalJson } from "./canonical-json.ts";

/** The sha256 of a graph's canonical JSON, 64 hex digits. */
export function graphHash(graph: ApiGraph): string {
  return createHash("sha256").update(canonicalJson(graph)).digest("hex");
}
