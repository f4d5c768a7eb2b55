import { type AppErrorCode, appRouter, refusalEnvelope, type RequestContext } from "@ob/api";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Session } from "../auth/create-auth.ts";
import { answerOrigin } from "./answer-origin.ts";
import { cookiesFor, type HttpContext, type HttpOptions, readCaller } from "./caller.ts";
import type { StreamSlots } from "./stream-slots.ts";

export const TRPC_PATH = "/api/trpc";
/** Largest JSON body; the largest honest one (a prompt of 2,000 characters) is under 20 KB. */
export const MAX_TRPC_BODY_BYTES = 262_144;
const MAX_BATCH = 10;
/** After how long a caller with too many streams may ask again, s. */
const STREAM_RETRY_SECONDS = 10;

export interface TrpcOptions extends HttpOptions {
  readonly streams: StreamSlots;
}

/** Everything under /api/trpc. The cross-site rule and the body limit have passed. */
export async function serveTrpc(c: HttpContext, options: TrpcOptions): Promise<Response> {
  const paths = procedurePaths(c);
  if (paths.length > MAX_BATCH) return refuse(c, "BATCH_TOO_LARGE");
  const known = paths.map((path) => Object.hasOwn(appRouter._def.procedures, path));
  c.set(
    "route",
    `${TRPC_PATH}/${paths.map((path, i) => (known[i] ? path : ":unknown")).join(",")}`,
  );
  if (known.every((isKnown) => !isKnown)) return refuse(c, "PROCEDURE_UNKNOWN", { path: paths[0] });

  const isStream = paths.some((path) => path === "jobs.onUpdate");
  if (isStream && (paths.length > 1 || c.req.method !== "GET")) {
    const httpStatus = c.req.method === "GET" ? 400 : 405;
    return refuse(c, "INPUT_INVALID", { path: paths[0], httpStatus });
  }
  const session = await readCaller(c, options.auth);
  if (!isStream) return callProcedures(c, options, { session, paths });
  // A stream answers 200 before its procedure runs; who may not have one is told by the status.
  if (session === null) return refuse(c, "AUTH_REQUIRED", { path: paths[0] });
  const release = options.streams.take(session.ownerId);
  if (release === null) {
    const retryAfterSeconds = STREAM_RETRY_SECONDS;
    return refuse(c, "RATE_LIMITED", { path: paths[0], retryAfterSeconds });
  }
  // However it ends: read to the end, left by its reader, or left before it began.
  const { outgoing } = c.env;
  if (outgoing.destroyed) release();
  else outgoing.once("close", release);
  const request = untilDrained(c.req.raw, options.draining);
  return callProcedures(c, options, { session, paths, request });
}

/** A call, or a batch of them, or a stream, given to tRPC. */
async function callProcedures(
  c: HttpContext,
  options: HttpOptions,
  call: { session: Session | null; paths: readonly string[]; request?: Request },
): Promise<Response> {
  const { session, paths } = call;
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
  let contextUsed = false;
  const answer = await fetchRequestHandler({
    endpoint: TRPC_PATH,
    router: appRouter,
    req: call.request ?? c.req.raw,
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
  facts: { path?: string | undefined; httpStatus?: number; retryAfterSeconds?: number } = {},
): Response {
  const refusal = refusalEnvelope(code, {
    path: facts.path ?? null,
    requestId: c.get("requestId"),
    ...(facts.httpStatus === undefined ? {} : { httpStatus: facts.httpStatus }),
    ...(facts.retryAfterSeconds === undefined
      ? {}
      : { retryAfterSeconds: facts.retryAfterSeconds }),
  });
  const headers = new Headers({ "cache-control": "no-store" });
  if (facts.retryAfterSeconds !== undefined) {
    headers.set("retry-after", String(facts.retryAfterSeconds));
  }
  return Response.json(refusal.body, { status: refusal.httpStatus, headers });
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
  // Nothing at all is the answer to HEAD.
  const given = await answer.text();
  if (given === "") return new Response(null, { status: answer.status, headers: answer.headers });
  const body: unknown = JSON.parse(given);
  const text = JSON.stringify(body, (key, value: unknown) =>
    key === "requestId" && value === "" ? requestId : value,
  );
  return new Response(text, { status: answer.status, headers: answer.headers });
}
