import type { AppErrorCode } from "../domain/app-error.ts";

/** A refusal of a route that is not tRPC (sign-in, the PUT of an upload). */
export class StudioError extends Error {
  override readonly name = "StudioError";
  /** Null = the answer did not come from the studio (a proxy, no network). */
  readonly code: AppErrorCode | null;
  readonly status: number;
  readonly requestId: string | null;

  constructor(
    message: string,
    facts: { code: AppErrorCode | null; status: number; requestId: string | null },
  ) {
    super(message);
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
  }
}

interface PlainError {
  error: { code: AppErrorCode; message: { en: string }; requestId: string };
}

/** Reads the plain error body, or says that there was none. */
export async function toStudioError(answer: Response): Promise<StudioError> {
  const requestId = answer.headers.get("x-request-id");
  const body: unknown = await answer.json().catch(() => null);
  if (!isPlainError(body)) {
    const message = `the studio answered ${answer.status} without saying why`;
    return new StudioError(message, { code: null, status: answer.status, requestId });
  }
  const { code, message } = body.error;
  return new StudioError(message.en, { code, status: answer.status, requestId });
}

function isPlainError(body: unknown): body is PlainError {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    "message" in error &&
    typeof error.message === "object"
  );
}
