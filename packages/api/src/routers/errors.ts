import type { TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { ZodError } from "zod";
import type { AppErrorShape } from "../contract/error.ts";
import { AppError, type AppErrorCode } from "../domain/app-error.ts";
import { errorMessage } from "../domain/messages.ts";
import { toTRPCError } from "./to-trpc-error.ts";

/** What tRPC refused by itself, before a use case could say anything. */
const CODE_OF_TRPC: Partial<Record<TRPC_ERROR_CODE_KEY, AppErrorCode>> = {
  NOT_FOUND: "PROCEDURE_UNKNOWN",
  BAD_REQUEST: "INPUT_INVALID",
  PARSE_ERROR: "INPUT_INVALID",
  METHOD_NOT_SUPPORTED: "INPUT_INVALID",
  UNSUPPORTED_MEDIA_TYPE: "INPUT_INVALID",
  PAYLOAD_TOO_LARGE: "INPUT_INVALID",
  UNAUTHORIZED: "AUTH_REQUIRED",
  TOO_MANY_REQUESTS: "RATE_LIMITED",
};

/** Shapes any error for the wire: closed code, Thai and English text, no stack. */
export function formatError(opts: {
  error: TRPCError;
  path: string | undefined;
  ctx: { requestId: string } | undefined;
}): AppErrorShape {
  const error = toTRPCError(opts.error);
  const refusal = error.cause instanceof AppError ? error.cause : null;
  return shapeError({
    code: refusal?.code ?? CODE_OF_TRPC[error.code] ?? "INTERNAL",
    trpcCode: error.code,
    httpStatus: getHTTPStatusCodeFromError(error),
    path: opts.path ?? null,
    requestId: opts.ctx?.requestId ?? "",
    field: refusal?.field ?? fieldOf(error.cause),
    retryAfterSeconds: refusal?.retryAfterSeconds ?? null,
  });
}

/** A refusal made before tRPC sees the request, in tRPC's own envelope. */
export function refusalEnvelope(
  code: AppErrorCode,
  facts: {
    path: string | null;
    requestId: string;
    httpStatus?: number;
    retryAfterSeconds?: number;
  },
): { httpStatus: number; body: { error: AppErrorShape } } {
  const { retryAfterSeconds } = facts;
  const refusal = new AppError(code, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  const shape = formatError({
    error: toTRPCError(refusal),
    path: facts.path ?? undefined,
    ctx: { requestId: facts.requestId },
  });
  const httpStatus = facts.httpStatus ?? shape.data.httpStatus;
  return { httpStatus, body: { error: { ...shape, data: { ...shape.data, httpStatus } } } };
}

function shapeError(facts: {
  code: AppErrorCode;
  trpcCode: TRPC_ERROR_CODE_KEY;
  httpStatus: number;
  path: string | null;
  requestId: string;
  field: string | null;
  retryAfterSeconds: number | null;
}): AppErrorShape {
  const message = errorMessage(facts.code);
  return {
    message: message.en,
    code: TRPC_ERROR_CODES_BY_KEY[facts.trpcCode],
    data: {
      code: facts.trpcCode,
      httpStatus: facts.httpStatus,
      path: facts.path,
      requestId: facts.requestId,
      app: {
        code: facts.code,
        message,
        field: facts.field,
        retryAfterSeconds: facts.retryAfterSeconds,
      },
    },
  };
}

/** Path of the first issue, dotted; null when the error is not about the input. */
function fieldOf(cause: unknown): string | null {
  if (!(cause instanceof ZodError)) return null;
  const issue = cause.issues[0];
  if (issue === undefined) return null;
  const unknownKey = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...unknownKey].map(String).join(".");
  return path === "" ? null : path.slice(0, 200);
}

/** tRPC's status for a code of ours; plain HTTP answers use the same. */
export function httpStatusOf(code: AppErrorCode): number {
  return getHTTPStatusCodeFromError(toTRPCError(new AppError(code)));
}

/** Errors thrown inside a subscription never pass procedure middleware; they are mapped here. `AbortError` passes. */
export async function* withMappedErrors<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === "AbortError") throw thrown;
    throw toTRPCError(thrown);
  }
}
