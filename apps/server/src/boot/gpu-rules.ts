/** The kinds of GPU backends; each is configured by variables of its own. */
export const GPU_KINDS = ["simulator", "runpod", "comfyui"] as const;
export type GpuKind = (typeof GPU_KINDS)[number];

/** Sends a service, or one mode of it, to a backend other than the default one. */
export interface GpuRule {
  readonly service: string;
  /** Null = every mode. */
  readonly mode: string | null;
  readonly kind: GpuKind;
}

/**
 * Reads `photo-restore=comfyui,qwen-image-edit:quality=runpod`; the first that fits a job decides.
 * Null = it cannot be read, or a rule can never decide because of one before it.
 */
export function parseGpuRules(text: string): readonly GpuRule[] | null {
  const rules: GpuRule[] = [];
  for (const part of text.split(",")) {
    const rule = parseRule(part.trim());
    const isHidden = rules.some(
      ({ service, mode }) => service === rule?.service && (mode === null || mode === rule.mode),
    );
    if (rule === null || isHidden) return null;
    rules.push(rule);
  }
  return rules;
}

function parseRule(text: string): GpuRule | null {
  const match = /^([a-z0-9-]{1,64})(?::([a-z0-9-]{1,64}))?\s*=\s*([a-z]+)$/.exec(text);
  const kind = GPU_KINDS.find((known) => known === match?.[3]);
  const service = match?.[1];
  return service === undefined || kind === undefined
    ? null
    : { service, mode: match?.[2] ?? null, kind };
}
