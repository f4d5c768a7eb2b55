import { createHash } from "node:crypto";
import { networkOf } from "@ob/api";
import { rateTakeV1 } from "@ob/db";
import { bearerToken } from "../auth/bearer-token.ts";
import type { Session } from "../auth/create-auth.ts";
import {
  authHeaders,
  cookiesFor,
  type HttpContext,
  type HttpOptions,
  readPresentCaller,
} from "./caller.ts";
import { plainError } from "./plain-error.ts";

const SIGN_INS_PER_MINUTE = 60;

/** POST /api/auth/sign-in/anonymous. Who is already signed in stays who he is. */
export async function signInAnonymously(c: HttpContext, options: HttpOptions): Promise<Response> {
  const requestId = c.get("requestId");
  const body = await c.req.text();
  if (!isEmptyObject(body)) return plainError("INPUT_INVALID", { requestId });

  const present = await readPresentCaller(c, options.auth);
  if (present !== null) return describeSession(c, options, present);

  const retryAfterMs = await takeSignIn(c, options);
  if (retryAfterMs > 0) {
    const headers = { "retry-after": String(Math.ceil(retryAfterMs / 1000)) };
    return plainError("RATE_LIMITED", { requestId, headers });
  }
  const headers = authHeaders(c);
  headers.delete("authorization");
  headers.delete("cookie");
  const answer = await options.auth.signInAnonymously(headers);
  if (!answer.ok) return authFailure(c, options, answer);
  return Response.json({ ok: true }, { headers: sessionHeaders(answer) });
}

/** POST /api/auth/sign-out. */
export async function signOut(c: HttpContext, options: HttpOptions): Promise<Response> {
  const answer = await options.auth.signOut(authHeaders(c));
  if (!answer.ok) return authFailure(c, options, answer);
  return Response.json({ ok: true }, { headers: sessionHeaders(answer) });
}

/** GET /api/auth/get-session: whether somebody is signed in; null = nobody. */
export async function getSession(c: HttpContext, options: HttpOptions): Promise<Response> {
  const session = await readPresentCaller(c, options.auth);
  return session === null
    ? Response.json(null, { headers: { "cache-control": "no-store" } })
    : describeSession(c, options, session);
}

function describeSession(c: HttpContext, options: HttpOptions, session: Session): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const cookie of cookiesFor(c, session)) headers.append("set-cookie", cookie);
  // Whoever signs in again gets the token he came with, as from a first sign-in.
  const token =
    bearerToken(c.req.header("authorization") ?? null) ??
    options.auth.tokenInCookie(c.req.header("cookie") ?? null);
  if (token !== null) headers.set("set-auth-token", token);
  return Response.json({ ok: true, ownerId: session.ownerId }, { headers });
}

/** Only what a session needs leaves: the cookies and the token header. */
function sessionHeaders(answer: Response): Headers {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  const token = answer.headers.get("set-auth-token");
  if (token !== null) headers.set("set-auth-token", token);
  return headers;
}

function authFailure(c: HttpContext, options: HttpOptions, answer: Response): Response {
  const requestId = c.get("requestId");
  options.services.log.error("auth.failed", { requestId, status: answer.status });
  return plainError("INTERNAL", { requestId });
}

/** 0 = may go on; else how long to wait. Loopback is not limited outside production. */
async function takeSignIn(c: HttpContext, options: HttpOptions): Promise<number> {
  const network = networkOf(c.get("clientAddress"));
  if (network.isLoopback && !options.production) return 0;
  const outcome = await rateTakeV1(options.services.sql, {
    ownerId: uuidOf(network.key),
    bucket: "sign-ins",
    limit: SIGN_INS_PER_MINUTE,
    windowMs: 60_000,
    now: options.services.now(),
  });
  return outcome.allowed ? 0 : outcome.retryAfterMs;
}

/** Networks are counted in the same table as owners, under an id made of their name. */
function uuidOf(key: string): string {
  const hex = createHash("sha256").update(`network:${key}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function isEmptyObject(body: string): boolean {
  return body.trim() === "" || /^\{\s*\}$/.test(body.trim());
}
