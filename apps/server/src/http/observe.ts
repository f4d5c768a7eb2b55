import { getConnInfo } from "@hono/node-server/conninfo";
import { createMiddleware } from "hono/factory";
import type { HttpContext, HttpEnv, HttpOptions } from "./caller.ts";
import { clientAddress } from "./client-address.ts";
import { requestIdOf } from "./request-id.ts";
import { securityHeaders } from "./security-headers.ts";

/** First of all middleware: names the request, finds its address, sets headers, writes its line. */
export function observe(options: HttpOptions) {
  const common = Object.entries(securityHeaders(options.publicOrigin.startsWith("https://")));
  return createMiddleware<HttpEnv>(async (c, next) => {
    const startedMs = performance.now();
    const requestId = requestIdOf(c.req.header("x-request-id") ?? null, options.services.newId);
    c.set("requestId", requestId);
    c.set("ownerId", null);
    c.set("clientAddress", addressOf(c, options));
    c.set("route", patternOf(c.req.path));
    const leave = options.requests.enter();
    try {
      await next();
    } finally {
      leave();
    }
    c.res.headers.set("x-request-id", requestId);
    for (const [name, value] of common) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
    const { status } = c.res;
    options.services.log.info("request", {
      requestId,
      method: c.req.method,
      route: c.get("route"),
      status,
      ms: Math.round(performance.now() - startedMs),
      ...(c.get("ownerId") === null ? {} : { ownerId: c.get("ownerId") }),
    });
  });
}

function addressOf(c: HttpContext, options: HttpOptions): string {
  return clientAddress({
    socketAddress: getConnInfo(c).remote.address,
    forwardedFor: c.req.header("x-forwarded-for") ?? null,
    trustedProxyHops: options.trustedProxyHops,
  });
}

/** The route's pattern instead of the path, which may hold a token or a signature. */
function patternOf(path: string): string {
  if (path.startsWith("/files/")) return "/files/:grant/:key";
  if (path.startsWith("/webhooks/")) return "/webhooks/:source/:token";
  if (path.startsWith("/api/trpc")) return "/api/trpc/:procedure";
  if (path.startsWith("/api/auth/")) return "/api/auth/:action";
  if (path.startsWith("/api/")) return "/api/:unknown";
  if (path === "/health/live" || path === "/health/ready") return path;
  return path.startsWith("/assets/") ? "/assets/:file" : "/:page";
}
