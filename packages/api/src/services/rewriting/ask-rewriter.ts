import { rateTakeV1 } from "@ob/db";
import { buildRewriteRequest, readRewrite } from "../../domain/rewrite-rules.ts";
import type { CallerContext } from "../context.ts";
import type { ResolvedJobRequest } from "../jobs/resolve-job-request.ts";
import { type PromptRewriter, RewriterFailed } from "./prompt-rewriter.ts";

/** A person changes his words now and then; beyond this our own phrasebook will do. */
const REWRITES_PER_MINUTE = 30;

/**
 * Asks for the instruction in better words. The answer is data: what breaks a rule is refused. No
 * word of question or answer is ever logged.
 * @returns null when there is none to be had: the compiled text stands
 */
export async function askRewriter(
  ctx: CallerContext,
  rewriter: PromptRewriter,
  { input, prompt }: ResolvedJobRequest,
): Promise<string | null> {
  const { log } = ctx.services;
  if (input.prompt === null || !(await takeRewrite(ctx))) return null;
  const pictures = 1 + input.extraImageAssetIds.length;
  const request = { prompt: input.prompt, compiledEn: prompt.en, pictures };
  try {
    const answer = await rewriter.complete(buildRewriteRequest(request));
    const reading = readRewrite(answer, request);
    if (reading.ok) return reading.en;
    log.warn("rewriter.refused", { reason: reading.reason });
    return null;
  } catch (thrown) {
    if (!(thrown instanceof RewriterFailed)) throw thrown;
    log.warn("rewriter.failed", { trouble: thrown.trouble, status: thrown.status });
    return null;
  }
}

async function takeRewrite({ services, ownerId }: CallerContext): Promise<boolean> {
  const taken = await rateTakeV1(services.sql, {
    ownerId,
    bucket: "rewrites",
    limit: REWRITES_PER_MINUTE,
    windowMs: 60_000,
    now: services.now(),
  });
  return taken.allowed;
}
