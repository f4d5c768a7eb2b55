import { type AppErrorCode, errorMessage, httpStatusOf } from "@ob/api";

/** An error of every route but tRPC's: `{error:{code, message:{th,en}, requestId}}`. */
export function plainError(
  code: AppErrorCode,
  facts: { requestId: string; status?: number; headers?: Record<string, string> },
): Response {
  const { requestId } = facts;
  return Response.json(
    { error: { code, message: errorMessage(code), requestId } },
    {
      status: facts.status ?? httpStatusOf(code),
      headers: { "cache-control": "no-store", ...facts.headers },
    },
  );
}
