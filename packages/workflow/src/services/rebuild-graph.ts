import type { BindRequest, BoundGraph } from "../contract/gpu-service.ts";
import type { ServiceRegistry } from "./service-registry.ts";

/** What a job's rows keep of an attempt; with it the graph that was sent can be made again. */
export interface AttemptRecord extends BindRequest {
  /** Such as `qwen-image-edit@1`. */
  serviceVersion: string;
}

/**
 * Makes the graph of a past attempt again, byte for byte: a released version never changes, and
 * binding it depends on nothing else.
 * @throws {RangeError} when the version is not known, or never could have made such an attempt.
 */
export function rebuildGraph(registry: ServiceRegistry, record: AttemptRecord): BoundGraph {
  const { serviceVersion, ...request } = record;
  const service = registry.version(serviceVersion);
  if (service === null) throw new RangeError(`no such version: ${serviceVersion}`);
  return service.bind(request);
}
