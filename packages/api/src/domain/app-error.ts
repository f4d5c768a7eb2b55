/** Every code a caller can meet; closed. A failed job's own codes are the last four. */
export const APP_ERROR_CODES = [
  "AUTH_REQUIRED",
  "ORIGIN_REFUSED",
  "INPUT_INVALID",
  "PROCEDURE_UNKNOWN",
  "BATCH_TOO_LARGE",
  "SERVICE_UNKNOWN",
  "OPTION_UNKNOWN",
  "PROMPT_TOO_LONG",
  "PROMPT_INVALID",
  "JOB_NOT_FOUND",
  "ASSET_NOT_FOUND",
  "UPLOAD_NOT_FOUND",
  "FILE_TOO_LARGE",
  "IMAGE_UNREADABLE",
  "IMAGE_TYPE_UNSUPPORTED",
  "IMAGE_TOO_MANY_PIXELS",
  "MASK_EMPTY",
  "MASK_SIZE_MISMATCH",
  "INSUFFICIENT_CREDITS",
  "PRICE_CHANGED",
  "REQUEST_ID_REUSED",
  "JOB_NOT_CANCELLABLE",
  "JOB_NOT_RETRIABLE",
  "RATE_LIMITED",
  "GPU_UNAVAILABLE",
  "INTERNAL",
  "GPU_FAILED",
  "GPU_TIMEOUT",
  "RESULT_LOST",
  "RESULT_UNUSABLE",
] as const;
export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** A refusal the caller can act on. Its texts come from the message catalogue, never from here. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  /** Path of the input at fault, like `input.maskAssetId`; null = none. */
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    code: AppErrorCode,
    details: { field?: string; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(code, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.field = details.field ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }
}
