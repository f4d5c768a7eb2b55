import type { GpuService } from "../contract/gpu-service.ts";

/** The service versions a process knows; given to whatever needs one, so that a test brings its own. */
export interface ServiceRegistry {
  /** In the order of their release. */
  readonly versions: readonly GpuService[];
  /** The newest version of a service, `null` when there is no such service. */
  current(id: string): GpuService | null;
  /** One exact version, such as `qwen-image-edit@1`; `null` when it is not known here. */
  version(version: string): GpuService | null;
}

/**
 * Makes a registry of versions in the order of their release.
 * @throws {RangeError} when two of them have the same name, or one does not bear its service's name.
 */
export function createServiceRegistry(versions: readonly GpuService[]): ServiceRegistry {
  const byVersion = new Map(versions.map((service) => [service.version, service]));
  if (byVersion.size < versions.length) throw new RangeError("two services have one version");
  for (const { id, version } of versions) {
    if (!version.startsWith(`${id}@`)) throw new RangeError(`${version} is no version of ${id}`);
  }
  return {
    versions: [...versions],
    current: (id) => versions.findLast((service) => service.id === id) ?? null,
    version: (version) => byVersion.get(version) ?? null,
  };
}
