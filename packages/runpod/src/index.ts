export type {
  AttemptImage,
  AttemptRequest,
  GpuBackend,
  GpuHealth,
  RunpodFailure,
  RunpodFailureCause,
  RunpodReport,
  StepProgress,
  SubmitOptions,
  SubmitOutcome,
} from "./backend.ts";
export { createRunpodClient, type RunpodClientOptions } from "./client.ts";
export { GpuUnauthorized, GpuUnavailable, InconclusiveAnswer } from "./errors.ts";
export { type OutputImage, type OutputReading, readOutput } from "./output.ts";
export { encodeRunBody, MAX_RUN_BODY_BYTES } from "./submit.ts";
