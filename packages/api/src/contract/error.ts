import type { LocalizedText } from "./localized-text.ts";
import type { TRPC_ERROR_CODE_KEY, TRPCDefaultErrorShape } from "@trpc/server";
import type { AppErrorCode } from "../domain/app-error.ts";

/** What every tRPC error carries under `error.data`. */
export interface AppErrorData {
  code: TRPC_ERROR_CODE_KEY;
  httpStatus: number;
  path: string | null;
  requestId: string;
  app: {
    code: AppErrorCode;
    message: LocalizedText;
    /** Path of the input at fault, like `input.maskAssetId`; null = none. */
    field: string | null;
    retryAfterSeconds: number | null;
  };
}

/** A tRPC error as it goes over the wire; `message` is the English text. */
export interface AppErrorShape {
  message: string;
  code: TRPCDefaultErrorShape["code"];
  data: AppErrorData;
}
