import {
  type BoundGraph,
  createServiceRegistry,
  GPU_SERVICES,
  type GpuService,
  type ServiceRegistry,
} from "@ob/workflow";

/**
 * The released services. Each binds its graph once and gives the same one for every later attempt:
 * what stands in a graph moves no job, and its hash does not know the files' names anyway.
 */
export function createWorldRegistry(): ServiceRegistry {
  return createServiceRegistry(GPU_SERVICES.map(bindOnce));
}

function bindOnce(service: GpuService): GpuService {
  let bound: BoundGraph | null = null;
  return {
    ...service,
    bind(request) {
      bound ??= service.bind(request);
      return bound;
    },
  };
}
