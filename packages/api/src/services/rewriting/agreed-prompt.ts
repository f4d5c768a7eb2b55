import { promptRewrites } from "@ob/db";
import { and, eq, gt, isNotNull, lte, sql } from "drizzle-orm";
import type { CallerContext } from "../context.ts";
import type { ResolvedJobRequest } from "../jobs/resolve-job-request.ts";
import { askRewriter } from "./ask-rewriter.ts";
import { rewriteKey } from "./rewrite-key.ts";

/** From when it was last shown. */
const KEPT_MS = 24 * 60 * 60_000;
/** After asking in vain the compiled text is shown this long before anybody asks again. */
const ASK_AGAIN_MS = 60_000;

/** The instruction as a quote shows it. */
export interface ShownPrompt {
  readonly en: string;
  /** A rewriter was asked in vain: the compiled text stands. */
  readonly isUnavailable: boolean;
}

interface KeptRewrite {
  /** Null = asked in vain. */
  readonly promptEn: string | null;
  readonly askedAt: Date;
}

/**
 * The instruction a quote shows: worded anew where there is free text and a rewriter, and kept, so
 * that the job made of it gets the very same. What is kept is shown also when there is no rewriter
 * any more: a job would get it.
 */
export async function shownPrompt(
  ctx: CallerContext,
  resolved: ResolvedJobRequest,
): Promise<ShownPrompt> {
  const { rewriter, now } = ctx.services;
  const { prompt, input } = resolved;
  const compiled = { en: prompt.en, isUnavailable: false };
  if (input.prompt === null) return compiled;
  const key = keyOf(ctx, resolved);
  const again = await showAgain(ctx, key);
  if (again !== null) return { en: again, isUnavailable: false };
  if (rewriter === null) return compiled;
  const kept = await findRewrite(ctx, key);
  const isFresh = kept !== null && now().getTime() - kept.askedAt.getTime() < ASK_AGAIN_MS;
  const shown = isFresh
    ? kept.promptEn
    : await keepRewrite(ctx, key, await askRewriter(ctx, rewriter, resolved));
  return shown === null ? { ...compiled, isUnavailable: true } : { ...compiled, en: shown };
}

/**
 * The instruction of a job: what its quote showed, else the compiled text. A rewriter is not asked
 * here: nobody pays for words he was not shown, and creating a job waits for nobody else's machine.
 */
export async function agreedPrompt(
  ctx: CallerContext,
  resolved: ResolvedJobRequest,
): Promise<string> {
  const { prompt, input } = resolved;
  if (input.prompt === null) return prompt.en;
  const kept = await findRewrite(ctx, keyOf(ctx, resolved));
  return kept?.promptEn ?? prompt.en;
}

function keyOf({ ownerId }: CallerContext, { service, input }: ResolvedJobRequest): string {
  return rewriteKey({ ownerId, serviceVersion: service.version, input });
}

async function findRewrite({ services }: CallerContext, key: string): Promise<KeptRewrite | null> {
  const rows = await services.db
    .select({ promptEn: promptRewrites.promptEn, askedAt: promptRewrites.askedAt })
    .from(promptRewrites)
    .where(and(eq(promptRewrites.key, key), gt(promptRewrites.expiresAt, services.now())));
  return rows[0] ?? null;
}

/** The text that is kept, from now on for another day: a job of this quote must still find it. */
async function showAgain({ services }: CallerContext, key: string): Promise<string | null> {
  const { promptEn, expiresAt } = promptRewrites;
  const now = services.now();
  const shown = await services.db
    .update(promptRewrites)
    .set({ expiresAt: new Date(now.getTime() + KEPT_MS) })
    .where(and(eq(promptRewrites.key, key), isNotNull(promptEn), gt(expiresAt, now)))
    .returning({ promptEn });
  return shown[0]?.promptEn ?? null;
}

/** Keeps what was found; a text that another quote has kept meanwhile stands. @returns what is kept */
async function keepRewrite(
  ctx: CallerContext,
  key: string,
  promptEn: string | null,
): Promise<string | null> {
  const { db, now } = ctx.services;
  const askedAt = now();
  const row = { promptEn, askedAt, expiresAt: new Date(askedAt.getTime() + KEPT_MS) };
  const kept = await db
    .insert(promptRewrites)
    .values({ key, ownerId: ctx.ownerId, ...row })
    .onConflictDoUpdate({
      target: promptRewrites.key,
      set: {
        promptEn: sql`excluded.prompt_en`,
        askedAt: sql`excluded.asked_at`,
        expiresAt: sql`excluded.expires_at`,
      },
      setWhere: sql`${promptRewrites.promptEn} is null or ${lte(promptRewrites.expiresAt, askedAt)}`,
    })
    .returning({ promptEn: promptRewrites.promptEn });
  const [first] = kept;
  return first === undefined ? ((await findRewrite(ctx, key))?.promptEn ?? null) : first.promptEn;
}
