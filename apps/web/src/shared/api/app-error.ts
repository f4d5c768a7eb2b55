import { TRPCClientError } from "@trpc/client";
import type { AppErrorCode } from "@ob/api";
import type { LocalizedText } from "@ob/workflow";

/** A refusal of the server in words for the user. */
export interface AppRefusal {
  readonly code: AppErrorCode;
  readonly message: LocalizedText;
  readonly field: string | null;
}

/** The server's own refusal inside an error of the API, or null when it never answered in our shape. */
export function refusalOf(error: unknown): AppRefusal | null {
  if (error instanceof FileRefused) return error.refusal;
  const data = property(error, "data");
  return readRefusal(property(data, "app"));
}

/** Whether a request failed without an answer: worth trying again unchanged. */
export function isUnanswered(error: unknown): boolean {
  return refusalOf(error) === null;
}

/** The server could not be reached, or answered in no shape of ours. */
export class ServerUnreachable extends Error {
  override readonly name: string = "ServerUnreachable";
}

/** Whether the connection is at fault, rather than a refusal or this browser. */
export function isUnreachable(error: unknown): boolean {
  if (refusalOf(error) !== null) return false;
  return error instanceof ServerUnreachable || error instanceof TRPCClientError;
}

/** An upload or download the file route refused. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly refusal: AppRefusal;

  constructor(refusal: AppRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Reads `{code, message: {th, en}}`; null for anything else. */
export function readRefusal(value: unknown): AppRefusal | null {
  const code = property(value, "code");
  const message = property(value, "message");
  const th = property(message, "th");
  const en = property(message, "en");
  const field = property(value, "field");
  if (typeof code !== "string" || !isErrorCode(code)) return null;
  if (typeof th !== "string" || typeof en !== "string") return null;
  return {
    code,
    message: { th, en },
    field: typeof field === "string" ? field : null,
  };
}

export function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Safe: codes are only compared with known ones; a newer server's unknown code matches none. */
function isErrorCode(code: string): code is AppErrorCode {
  return code !== "";
}
