import { createHash } from "node:crypto";

import type { GpuService } from "../contract/gpu-service.ts";
import { canonicalJson } from "../graph/canonical-json.ts";
import { compileEdit } from "./compile-edit.ts";
import { goldenInputs } from "./golden-inputs.ts";

/** What a released version must go on being, as sha256 (hex) each. */
export interface VersionDigest {
  /** Of the contract, templates and all. */
  contract: string;
  /** Of instructions, warnings, plans and graphs of every golden input. */
  behaviour: string;
}

/** The digest of a version as it is now. */
export function versionDigest(service: GpuService): VersionDigest {
  const behaviour = goldenInputs(service.contract).map((request) => {
    const compiled = compileEdit(service, request);
    if (!compiled.ok) return { request, problem: compiled.problem };
    const { prompt, plan, bound } = compiled;
    return { request, prompt, plan, variant: bound.variant, graphHash: bound.graphHash };
  });
  return { contract: sha256(service.contract), behaviour: sha256(behaviour) };
}

function sha256(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
