import type { JobRow } from "@ob/db";
import { type BoundGraph, rebuildGraph, type ServiceRegistry } from "@ob/workflow";

/** The file names of one attempt, as its graph names them. */
export interface AttemptFiles {
  /** Start of the output's file name. */
  readonly filePrefix: string;
  readonly imageName: string;
  /** Of "Picture 2" and on, in their order. */
  readonly extraImageNames: readonly string[];
  readonly maskName: string | null;
}

/**
 * The graph of one attempt, from the job's row and the attempt's names alone.
 * @throws {Error} when the job was erased, or its version is not known here
 */
export function bindAttempt(
  registry: ServiceRegistry,
  job: Pick<JobRow, "id" | "serviceVersion" | "mode" | "input" | "promptEn" | "plan">,
  files: AttemptFiles,
): BoundGraph {
  if (job.input === null || job.promptEn === null) throw new Error(`job ${job.id} was erased`);
  return rebuildGraph(registry, {
    serviceVersion: job.serviceVersion,
    mode: job.mode,
    seed: job.input.seed,
    params: job.input.params,
    promptEn: job.promptEn,
    plan: job.plan,
    files: { images: [files.imageName, ...files.extraImageNames], mask: files.maskName },
    filePrefix: files.filePrefix,
  });
}
