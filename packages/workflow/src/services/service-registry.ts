import type { GpuService } from "../contract/gpu-service.ts";

/** The service versions one process knows; what is asked by id or by version is looked up here. */
export interface ServiceRegistry {
  /** In the order of release, service by service: of one id the last is the newest. */
  readonly versions: readonly GpuService[];
  /** The newest version of a service, `null` when there is no such service. */
  current(id: string): GpuService | null;
  /** One exact version, such as `qwen-image-edit@1`; `null` when it is not known. */
  version(version: string): GpuService | null;
}

/**
 * A registry of the given versions.
 * @throws {RangeError} when a version stands twice, bears another service's name, or follows a newer one.
 */
export function createServiceRegistry(versions: readonly GpuService[]): ServiceRegistry {
  const byVersion = new Map<string, GpuService>();
  const newest = new Map<string, GpuService>();
  for (const service of versions) {
    const { id, version } = service;
    if (!version.startsWith(`${id}@`)) throw new RangeError(`${version} is no version of ${id}`);
    if (byVersion.has(version)) throw new RangeError(`${version} stands twice`);
    const before = newest.get(id);
    if (before !== undefined && versionNumber(before.version) >= versionNumber(version)) {
      throw new RangeError(`${version} stands after ${before.version}`);
    }
    byVersion.set(version, service);
    newest.set(id, service);
  }
  return {
    versions: [...versions],
    current: (id) => newest.get(id) ?? null,
    version: (version) => byVersion.get(version) ?? null,
  };
}

function versionNumber(version: string): number {
  return Number(version.slice(version.lastIndexOf("@") + 1));
}
