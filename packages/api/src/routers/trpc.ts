import { initTRPC } from "@trpc/server";
import { AppError } from "../domain/app-error.ts";
import type { ServiceContext } from "../services/context.ts";
import { formatError } from "./errors.ts";
import { toTRPCError } from "./to-trpc-error.ts";

/** What the HTTP layer knows of a request before any procedure runs. */
export interface RequestContext {
  readonly services: ServiceContext;
  /** Null = nobody signed in. */
  readonly ownerId: string | null;
  readonly requestId: string;
  /** Origin of URLs in answers, no trailing slash. */
  readonly origin: string;
}

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: formatError,
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
});

export const router = t.router;

/** Open to anyone; whatever it throws leaves with a closed code and its HTTP status. */
export const publicProcedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTRPCError(result.error);
  return result;
});

/** Needs a signed-in owner. @throws {AppError} AUTH_REQUIRED */
export const authed = publicProcedure.use(({ ctx, next }) => {
  if (ctx.ownerId === null) throw new AppError("AUTH_REQUIRED");
  return next({ ctx: { ...ctx, ownerId: ctx.ownerId } });
});
