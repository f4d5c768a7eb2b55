import { type AppErrorCode, appRouter, refusalEnvelope, type RequestContext } from "@ob/api";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { answerOrigin } from "./answer-origin.ts";
import { cookiesFor, type HttpContext, type HttpOptions, readCaller } from "./caller.ts";

export const TRPC_PATH = "/api/trpc";
/** Largest JSON body; the largest honest one (a prompt of 2,000 characters) is under 20 KB. */
export const MAX_TRPC_BODY_BYTES = 262_144;
const MAX_BATCH = 10;

/** Everything under /api/trpc. The cross-site rule and the body limit have passed. */
export async function serveTrpc(c: HttpContext, options: HttpOptions): Promise<Response> {
  const paths = procedurePaths(c);
  if (paths.length > MAX_BATCH) return refuse(c, "BATCH_TOO_LARGE");
  const known = paths.map((path) => Object.hasOwn(appRouter._def.procedures, path));
  c.set(
    "route",
    `${TRPC_PATH}/${paths.map((path, i) => (known[i] ? path : ":unknown")).join(",")}`,
  );
  if (known.every((isKnown) => !isKnown)) return refuse(c, "PROCEDURE_UNKNOWN", { path: paths[0] });

  const session = await readCaller(c, options.auth);
  const isStream = paths.length === 1 && paths[0] === "jobs.onUpdate" && c.req.method === "GET";
  // A stream answers 200 before its procedure runs; who may not have one is told by the status.
  if (isStream && session === null) return refuse(c, "AUTH_REQUIRED", { path: paths[0] });

  const context: RequestContext = {
    services: options.services,
    ownerId: session?.ownerId ?? null,
    requestId: c.get("requestId"),
    origin: answerOrigin({
      host: c.req.header("host") ?? null,
      publicOrigin: options.publicOrigin,
      production: options.production,
    }),
  };
  const request = isStream ? untilDrained(c.req.raw, options.draining) : c.req.raw;
  let contextUsed = false;
  const answer = await fetchRequestHandler({
    endpoint: TRPC_PATH,
    router: appRouter,
    req: request,
    maxBatchSize: MAX_BATCH,
    createContext: () => {
      contextUsed = true;
      return context;
    },
    onError: ({ error, path }) => {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      const procedure = path !== undefined && paths.includes(path) ? path : null;
      options.services.log.error("request.failed", {
        requestId: context.requestId,
        procedure,
        cause: error.cause ?? error,
      });
    },
  });
  for (const cookie of cookiesFor(c, session)) answer.headers.append("set-cookie", cookie);
  return contextUsed ? answer : withRequestId(answer, context.requestId);
}

/** A refusal in tRPC's envelope; a batch link reads one envelope as the answer to every call. */
export function refuse(
  c: HttpContext,
  code: AppErrorCode,
  facts: { path?: string | undefined; httpStatus?: number } = {},
): Response {
  const refusal = refusalEnvelope(code, {
    path: facts.path ?? null,
    requestId: c.get("requestId"),
    ...(facts.httpStatus === undefined ? {} : { httpStatus: facts.httpStatus }),
  });
  return Response.json(refusal.body, {
    status: refusal.httpStatus,
    headers: { "cache-control": "no-store" },
  });
}

function procedurePaths(c: HttpContext): string[] {
  const raw = c.req.path.slice(TRPC_PATH.length).replace(/^\/|\/$/g, "");
  const path = decodeOrNull(raw) ?? "";
  return c.req.query("batch") === "1" ? path.split(",") : [path];
}

function decodeOrNull(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The same request, aborted also when the process drains. */
function untilDrained(request: Request, draining: AbortSignal): Request {
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    signal: AbortSignal.any([request.signal, draining]),
  });
}

/** tRPC refuses some requests before it asks for a context; only we know their id then. */
async function withRequestId(answer: Response, requestId: string): Promise<Response> {
  const body: unknown = await answer.json();
  const text = JSON.stringify(body, (key, value: unknown) =>
    key === "requestId" && value === "" ? requestId : value,
  );
  return new Response(text, { status: answer.status, headers: answer.headers });
}
