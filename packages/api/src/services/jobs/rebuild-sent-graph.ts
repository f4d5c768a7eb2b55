import type { JobRow } from "@ob/db";
import type { BoundGraph, ServiceRegistry } from "@ob/workflow";
import { bindAttempt } from "./drive/bind-attempt.ts";
import type { AttemptRow } from "./drive/drive-rows.ts";

/**
 * The graph that an attempt of a past job sent, byte for byte, from the rows alone. It holds as long
 * as the words of the job are kept: a released service version never changes.
 * @throws {Error} when the job was erased, its version is not known here, or what is bound today is
 *   not what was sent: then a released version was changed
 */
export function rebuildSentGraph(
  registry: ServiceRegistry,
  job: JobRow,
  attempt: AttemptRow,
): BoundGraph {
  if (attempt.jobId !== job.id) throw new Error(`attempt ${attempt.id} is of another job`);
  const bound = bindAttempt(registry, job, attempt);
  if (bound.graphHash !== attempt.graphHash || bound.variant !== attempt.variant) {
    throw new Error(`${job.serviceVersion} no longer binds what attempt ${attempt.id} sent`);
  }
  return bound;
}
