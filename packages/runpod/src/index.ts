export type {
  AttemptImage,
  AttemptRequest,
  GpuBackend,
  GpuHealth,
  OutputImage,
  OutputReading,
  RunpodFailure,
  RunpodFailureCause,
  RunpodReport,
  StepProgress,
  SubmitOptions,
  SubmitOutcome,
  WantedPictures,
} from "./backend.ts";
export { createRunpodClient, type RunpodClientOptions } from "./client.ts";
export { GpuUnauthorized, GpuUnavailable, InconclusiveAnswer } from "./errors.ts";
export type {
  ExchangeCheck,
  ExchangeOperation,
  FailedExchange,
  OnFailedExchange,
} from "./exchange.ts";
export { outputFileNames, readOutput } from "./output.ts";
export { encodeRunBody, MAX_RUN_BODY_BYTES } from "./submit.ts";
