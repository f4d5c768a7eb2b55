import type { DefaultErrorShape } from "@trpc/server/unstable-core-do-not-import";
import type { LocalizedText } from "@ob/workflow";
import type { AppErrorCode } from "../domain/app-error.ts";

/** What every tRPC error carries under `error.data`. */
export interface AppErrorData {
  code: string;
  httpStatus: number;
  path: string | null;
  requestId: string;
  app: {
    code: AppErrorCode;
    message: LocalizedText;
    field: string | null;
    retryAfterSeconds: number | null;
  };
}

/** Shapes any error for the wire: closed code, texts, no stack. */
export function formatError(_opts: {
  shape: DefaultErrorShape;
}): Omit<DefaultErrorShape, "data"> & { data: AppErrorData } {
  throw new Error("not built");
}

/** Errors thrown inside a subscription never pass procedure middleware; map them here. */
export async function* withMappedErrors<T>(
  source: AsyncGenerator<T>,
  _ctx: { requestId: string },
): AsyncGenerator<T> {
  yield* source;
}
