import type { GpuService } from "@ob/workflow";
import type { GpuRule } from "./gpu-rules.ts";

/**
 * Refuses rules that could never decide: they name a service, or a mode, that does not exist.
 * @throws {Error} one sentence that names each of them
 */
export function checkGpuRules(rules: readonly GpuRule[], versions: readonly GpuService[]): void {
  const problems = rules.flatMap(({ service, mode }) => {
    const known = versions.filter(({ id }) => id === service);
    if (known.length === 0) return [`there is no service ${service}`];
    const hasMode = known.some(({ contract }) => contract.modes.some(({ id }) => id === mode));
    return mode === null || hasMode ? [] : [`no version of ${service} has a mode ${mode}`];
  });
  if (problems.length > 0) throw new Error(`GPU_RULES cannot be followed: ${problems.join("; ")}.`);
}
