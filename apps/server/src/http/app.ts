import { Hono } from "hono";
import type { FileGrants } from "../adapters/file-grants.ts";
import { ringRunpodBell, type WebhookOptions } from "../webhooks/runpod.ts";
import { getSession, signInAnonymously, signOut } from "./auth-routes.ts";
import type { HttpContext, HttpEnv, HttpOptions } from "./caller.ts";
import { isSameOrigin, type OriginRule } from "./check-origin.ts";
import { fileRoutes } from "./files.ts";
import { createReadiness, serveLive } from "./health.ts";
import { limitBody } from "./limit-body.ts";
import { observe } from "./observe.ts";
import { plainError } from "./plain-error.ts";
import { createSpa } from "./spa.ts";
import { createStreamSlots } from "./stream-slots.ts";
import { MAX_TRPC_BODY_BYTES, refuse, serveTrpc, TRPC_PATH } from "./trpc.ts";

export interface AppOptions extends HttpOptions, WebhookOptions {
  readonly grants: FileGrants;
}

const MAX_AUTH_BODY_BYTES = 4_096;

/** Every route of the server. */
export function createApp(options: AppOptions): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const files = fileRoutes(options, options.grants);
  const readiness = createReadiness(options);
  const originRule: OriginRule = {
    publicOrigin: options.publicOrigin,
    loopbackPort: options.production ? null : options.port,
  };
  const requestId = (c: HttpContext) => c.get("requestId");

  app.use(observe(options));

  app.get("/health/live", () => serveLive());
  app.get("/health/ready", () => readiness());

  app.use("/api/*", async (c, next) => {
    const isTrpc = c.req.path.startsWith(`${TRPC_PATH}/`) || c.req.path === TRPC_PATH;
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    const facts = {
      method: c.req.method,
      authorization: c.req.header("authorization") ?? null,
      origin: c.req.header("origin") ?? null,
      secFetchSite: c.req.header("sec-fetch-site") ?? null,
    };
    if ((isTrpc || !isRead) && !isSameOrigin(facts, originRule)) {
      return isTrpc
        ? refuse(c, "ORIGIN_REFUSED")
        : plainError("ORIGIN_REFUSED", { requestId: requestId(c) });
    }
    return next();
  });

  const trpcBody = limitBody(MAX_TRPC_BODY_BYTES, (c) =>
    refuse(c, "INPUT_INVALID", { httpStatus: 413 }),
  );
  const trpcOptions = { ...options, streams: createStreamSlots(options.streamsPerOwner) };
  app.all(TRPC_PATH, trpcBody, (c) => serveTrpc(c, trpcOptions));
  app.all(`${TRPC_PATH}/*`, trpcBody, (c) => serveTrpc(c, trpcOptions));

  const authBody = limitBody(MAX_AUTH_BODY_BYTES, (c) =>
    plainError("INPUT_INVALID", { requestId: requestId(c), status: 413 }),
  );
  app.post("/api/auth/sign-in/anonymous", authBody, (c) => signInAnonymously(c, options));
  app.post("/api/auth/sign-out", authBody, (c) => signOut(c, options));
  app.get("/api/auth/get-session", (c) => getSession(c, options));
  app.all("/api/*", (c) => plainError("PROCEDURE_UNKNOWN", { requestId: requestId(c) }));

  app.put("/files/:grant/:uploadId", (c) => files.receive(c));
  app.get("/files/:grant/:key{.+}", (c) => files.serve(c));
  app.all("/files/*", (c) => plainError("ASSET_NOT_FOUND", { requestId: requestId(c) }));

  app.post("/webhooks/runpod/:token", async (c) => {
    const { body } = c.req.raw;
    const known = await ringRunpodBell(options, { token: c.req.param("token"), body });
    if (!known) return plainError("PROCEDURE_UNKNOWN", { requestId: requestId(c) });
    return c.body(null, 200);
  });
  app.all("/webhooks/*", (c) => plainError("PROCEDURE_UNKNOWN", { requestId: requestId(c) }));

  const { access } = options.store;
  app.get("/*", createSpa(options.webDir, access.kind === "direct" ? access.origin : null));
  app.notFound((c) => plainError("PROCEDURE_UNKNOWN", { requestId: c.get("requestId") }));
  app.onError((thrown, c) => {
    const aborted = c.req.raw.signal.aborted;
    if (!aborted) {
      options.services.log.error("request.failed", {
        requestId: c.get("requestId"),
        cause: thrown,
      });
    }
    const isTrpc = c.req.path.startsWith(`${TRPC_PATH}/`);
    return isTrpc
      ? refuse(c, "INTERNAL")
      : plainError("INTERNAL", { requestId: c.get("requestId") });
  });
  return app;
}
