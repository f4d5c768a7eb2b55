import { TRPCClientError } from "@trpc/client";
import type { AppErrorData } from "../contract/error.ts";
import { StudioError } from "./studio-error.ts";

/** Why the studio refused. */
export interface Refusal {
  readonly code: AppErrorData["app"]["code"];
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;
  readonly requestId: string | null;
}

/** Reads the closed code out of anything the client threw; null = it was no refusal of the studio's. */
export function readRefusal(thrown: unknown): Refusal | null {
  if (thrown instanceof StudioError) {
    const { code, requestId } = thrown;
    return code === null ? null : { code, field: null, retryAfterSeconds: null, requestId };
  }
  if (!(thrown instanceof TRPCClientError)) return null;
  const data: unknown = thrown.data;
  if (!isAppErrorData(data)) return null;
  const { code, field, retryAfterSeconds } = data.app;
  return { code, field, retryAfterSeconds, requestId: data.requestId };
}

function isAppErrorData(data: unknown): data is AppErrorData {
  return (
    typeof data === "object" &&
    data !== null &&
    "app" in data &&
    typeof data.app === "object" &&
    data.app !== null &&
    "code" in data.app
  );
}
