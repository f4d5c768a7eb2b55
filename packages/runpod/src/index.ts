export type {
  AttemptImage,
  AttemptRequest,
  GpuBackend,
  GpuHealth,
  Leftovers,
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
export {
  createComfyuiBackend,
  type ComfyuiBackend,
  type ComfyuiBackendOptions,
} from "./comfyui/comfyui-backend.ts";
export {
  inspectComfyui,
  type ComfyuiInspection,
  type ComfyuiNeeds,
  type MissingPart,
} from "./comfyui/inspect-comfyui.ts";
export type { PromptPreview } from "./comfyui/prompt-notes.ts";
export { GpuUnauthorized, GpuUnavailable, InconclusiveAnswer } from "./errors.ts";
export type {
  ExchangeCheck,
  ExchangeOperation,
  FailedExchange,
  OnFailedExchange,
} from "./exchange.ts";
export { ADVICE } from "./exchange-advice.ts";
export { EXCHANGE_CAUSES, type ExchangeCause } from "./exchange-cause.ts";
export { readOutput } from "./fetch-pictures.ts";
export { type MissingModelFile, missingModelFiles } from "./missing-model-file.ts";
export { outputFileNames } from "./output.ts";
export {
  createRateBudget,
  type RateBudget,
  type RateBudgetOptions,
} from "./rate-budget/rate-budget.ts";
export {
  type ExchangeFailure,
  type ExchangeRecord,
  type ExchangeRecorder,
  type ExchangeRecorderOptions,
  exchangeRecorder,
  type ExchangeRequest,
} from "./record-exchange.ts";
export { encodeRunBody, MAX_RUN_BODY_BYTES } from "./submit.ts";
export {
  createVolumeClient,
  type VolumeClientOptions,
  type VolumeOptions,
} from "./volume/volume-client.ts";
