import { checkGraph } from "../checker/check-graph.ts";
import type { GpuService } from "../contract/gpu-service.ts";
import { WORKFLOW_CONTRACT_V1, type TemplateVariant } from "../contract/workflow-contract.ts";
import type { Released } from "./released.ts";
import { versionDigest, type VersionDigest } from "./version-digest.ts";

export interface VariantReport {
  variant: string;
  nodes: number;
  ok: boolean;
  /** Sentences for its author; empty when sound. */
  problems: string[];
}

export interface VersionReport {
  version: string;
  state: "released" | "draft" | "unknown";
  ok: boolean;
  problems: string[];
  variants: VariantReport[];
  digest: VersionDigest;
}

export interface VersionsReport {
  ok: boolean;
  problems: string[];
  /** Versions that may still change: to be released before anything depends on them. */
  drafts: string[];
  versions: VersionReport[];
}

/** Checks every variant of every version, and that what was released is what it was. */
export function checkVersions(services: readonly GpuService[], released: Released): VersionsReport {
  const versions = services.map((service) => checkVersion(service, released));
  const known = new Set(services.map(({ version }) => version));
  const problems = [...Object.keys(released.released), ...released.drafts]
    .filter((version) => !known.has(version))
    .map((version) => `${version} is listed, but no folder holds it`);
  return {
    ok: problems.length === 0 && versions.every(({ ok }) => ok),
    problems,
    drafts: versions.filter(({ state }) => state === "draft").map(({ version }) => version),
    versions,
  };
}

function checkVersion(service: GpuService, { released, drafts }: Released): VersionReport {
  const { version, contract } = service;
  const digest = versionDigest(service);
  const kept = Object.hasOwn(released, version) ? released[version] : undefined;
  const isDraft = drafts.includes(version);
  const parsed = WORKFLOW_CONTRACT_V1.safeParse(contract);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(({ message }) => message)),
    ...(kept === undefined && !isDraft ? ["it is neither released nor a draft"] : []),
    ...(kept !== undefined && isDraft ? ["it is released and a draft at once"] : []),
    ...(kept === undefined ? [] : driftFrom(kept, digest)),
  ];
  const variants = contract.variants.map(checkVariant);
  return {
    version,
    state: kept === undefined ? (isDraft ? "draft" : "unknown") : "released",
    ok: problems.length === 0 && variants.every(({ ok }) => ok),
    problems,
    variants,
    digest,
  };
}

function driftFrom(kept: VersionDigest, now: VersionDigest): string[] {
  return (["contract", "behaviour"] as const)
    .filter((part) => kept[part] !== now[part])
    .map((part) => `its ${part} is no longer what was released: make a new version instead`);
}

/** ComfyUI's verdict on a template as it stands, and ours, which is stricter. */
function checkVariant(variant: TemplateVariant): VariantReport {
  const files = Object.values(variant.graph)
    .filter((node) => node.class_type === "LoadImage")
    .flatMap(({ inputs }) => (typeof inputs["image"] === "string" ? [inputs["image"]] : []));
  const problems = (["comfyui", "strict"] as const).flatMap((profile) => {
    const { error, node_errors } = checkGraph(variant.graph, { files, profile });
    const errors = Object.entries(node_errors).flatMap(([id, node]) =>
      node.errors.map((each) => `${profile}: node ${id}: ${each.message}: ${each.details}`),
    );
    return error === null ? errors : [`${profile}: ${error.message}`, ...errors];
  });
  return {
    variant: variant.name,
    nodes: Object.keys(variant.graph).length,
    ok: problems.length === 0,
    problems,
  };
}
