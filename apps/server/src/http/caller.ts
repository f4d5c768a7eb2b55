import type { Context } from "hono";
import type { HttpBindings } from "@hono/node-server";
import type { RequestCount } from "../boot/request-count.ts";
import type { ServedStore } from "../adapters/served-store.ts";
import { bearerToken } from "../auth/bearer-token.ts";
import { type Auth, CLIENT_ADDRESS_HEADER, type Session } from "../auth/create-auth.ts";
import type { ServiceContext } from "@ob/api";

/** What every route knows. */
export interface HttpOptions {
  readonly services: ServiceContext;
  readonly store: ServedStore;
  readonly auth: Auth;
  readonly production: boolean;
  /** Our own origin for users, no trailing slash. */
  readonly publicOrigin: string;
  /** The port we listen on. */
  readonly port: number;
  readonly trustedProxyHops: number;
  readonly payments: string;
  readonly mail: string;
  /** Folder of the built web app. */
  readonly webDir: string;
  readonly requests: RequestCount;
  /** Streams one owner may hold open at this replica. */
  readonly streamsPerOwner: number;
  /** Aborts when the process drains: streams end, readiness is off. */
  readonly draining: AbortSignal;
}

/** What the first middleware found out about a request. */
export interface Variables {
  requestId: string;
  clientAddress: string;
  /** For the request line: the route's pattern, never the path itself. */
  route: string;
  /** For the request line, once known. */
  ownerId: string | null;
}

export type HttpEnv = { Bindings: HttpBindings; Variables: Variables };
export type HttpContext = Context<HttpEnv>;

/**
 * Headers for better-auth: either the Bearer or the cookie, never both (with a Bearer, cookies are
 * ignored), and the caller's address as we know it.
 */
export function authHeaders(c: HttpContext): Headers {
  const headers = new Headers({ [CLIENT_ADDRESS_HEADER]: c.get("clientAddress") });
  const authorization = c.req.header("authorization") ?? null;
  const cookie = c.req.header("cookie");
  const userAgent = c.req.header("user-agent");
  if (bearerToken(authorization) !== null) headers.set("authorization", authorization ?? "");
  else if (cookie !== undefined) headers.set("cookie", cookie);
  if (userAgent !== undefined) headers.set("user-agent", userAgent.slice(0, 300));
  return headers;
}

/** Who is asking; null = nobody. A caller without credentials costs no look-up. */
export function readCaller(c: HttpContext, auth: Auth): Promise<Session | null> {
  return read(c, (headers) => auth.session(headers));
}

/** The same, as the database has it at this moment: nobody is told that he is signed in who is not. */
export function readPresentCaller(c: HttpContext, auth: Auth): Promise<Session | null> {
  return read(c, (headers) => auth.presentSession(headers));
}

async function read(
  c: HttpContext,
  ask: (headers: Headers) => Promise<Session | null>,
): Promise<Session | null> {
  const headers = authHeaders(c);
  if (!headers.has("authorization") && !headers.has("cookie")) return null;
  const session = await ask(headers);
  c.set("ownerId", session?.ownerId ?? null);
  return session;
}

/** A Bearer caller keeps no cookies. */
export function cookiesFor(c: HttpContext, session: Session | null): readonly string[] {
  const byBearer = bearerToken(c.req.header("authorization") ?? null) !== null;
  return byBearer ? [] : (session?.setCookies ?? []);
}
