import type { RunpodReport } from "./backend.ts";
import type { Endpoint } from "./endpoint.ts";
import { GpuUnauthorized } from "./errors.ts";
import { readHealth } from "./health.ts";
import { isRunpodJobId } from "./job-id.ts";
import { describeOutput, type OutputShape } from "./output.ts";
import { type EndpointAnswer, readEndpoint } from "./read-endpoint.ts";
import type { ExchangeRecord } from "./record-exchange.ts";
import { toReport } from "./status.ts";

/**
 * Reads one attempt. A 404 means `gone` only while the same endpoint's `/health` accepts our key, and if
 * it comes twice.
 * `describe` knows the outputs of this endpoint's handler. @default worker-comfyui's
 */
export async function reportAttempt(
  endpoint: Endpoint,
  runpodJobId: string,
  {
    signal,
    describe = describeOutput,
  }: {
    signal: AbortSignal;
    describe?: (output: unknown) => OutputShape;
  },
): Promise<RunpodReport> {
  if (!isRunpodJobId(runpodJobId)) return { kind: "gone" };
  const ask = (): Promise<EndpointAnswer<RunpodReport>> =>
    readEndpoint(
      endpoint,
      {
        operation: "report",
        method: "GET",
        path: `/status/${runpodJobId}`,
        runpodJobId,
        parse(json, record) {
          const report = toReport(json);
          if (report !== null) recordFailure(report, { record, describe });
          return report;
        },
      },
      signal,
    );
  const first = await ask();
  if (first.kind === "read") return first.value;
  await assertEndpointIsOurs(endpoint, signal);
  // "Gone" lets another attempt begin, so one stray 404 must not be enough for it.
  const second = await ask();
  return second.kind === "read" ? second.value : { kind: "gone" };
}

async function assertEndpointIsOurs(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  const health = await readHealth(endpoint, signal);
  if (health === null) {
    throw new GpuUnauthorized("RunPod answered 404 to /status and to /health.", 404);
  }
}

/** A 200 may tell of a job that failed, or that ended without a picture. */
function recordFailure(
  report: RunpodReport,
  { record, describe }: { record: ExchangeRecord; describe: (output: unknown) => OutputShape },
): void {
  if (report.kind === "failed") {
    const { status } = report.failure;
    // Somebody's wish, not a failure.
    if (status === "CANCELLED") return;
    record.check("job status", false, status);
    record.failed({ jobStatus: status });
  }
  if (report.kind !== "completed") return;
  const shape = describe(report.output);
  if (shape.kind === "pictures") return;
  const isMissing = report.output === undefined || report.output === null;
  record.check("output", false, shape.kind === "nothing" ? "there is no picture" : shape.reason);
  record.failed({
    jobStatus: "COMPLETED",
    ...(isMissing ? { cause: "result-too-large" } : {}),
    ...(!isMissing && shape.kind === "nothing" ? { cause: "nothing-drawn" } : {}),
  });
}
