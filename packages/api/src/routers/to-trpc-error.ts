import { TRPCError } from "@trpc/server";
import { AppError } from "../domain/app-error.ts";
import { isGpuTrouble } from "../services/is-gpu-trouble.ts";
import { TRPC_CODE } from "./error-status.ts";

/**
 * The one mapper from what a use case throws to what tRPC sends. An upstream's refusal (401 of the GPU
 * side included) is ours to mend and reads as `GPU_UNAVAILABLE`, never as the caller's 401.
 */
export function toTRPCError(thrown: unknown): TRPCError {
  if (thrown instanceof TRPCError) {
    return thrown.cause instanceof AppError || isGpuTrouble(thrown.cause)
      ? toTRPCError(thrown.cause)
      : thrown;
  }
  if (thrown instanceof AppError) {
    return new TRPCError({ code: TRPC_CODE[thrown.code], message: thrown.code, cause: thrown });
  }
  if (isGpuTrouble(thrown)) {
    return toTRPCError(new AppError("GPU_UNAVAILABLE", { cause: thrown }));
  }
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "INTERNAL", cause: thrown });
}
