import { rateTakeV1 } from "@ob/db";
import { buildRewriteRequest, type PromptRewriter, readRewrite, rewriteRules } from "@ob/workflow";
import type { CallerContext } from "../context.ts";
import type { ResolvedJobRequest } from "../jobs/resolve-job-request.ts";
import { RewriterFailed } from "./rewriter-failed.ts";

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
  const rules = rewriteRules({ en: prompt.en, prompt: input.prompt });
  const pictures = 1 + input.extraImageAssetIds.length;
  const request = { en: prompt.en, request: input.prompt, pictures, rules };
  try {
    const answer = await rewriter.rewrite(buildRewriteRequest(request));
    const reading = readRewrite(answer, rules);
    if (reading.refusal !== null) log.warn("rewriter.refused", { refusal: reading.refusal });
    return reading.rewritten;
  } catch (thrown) {
    if (!(thrown instanceof RewriterFailed)) throw thrown;
    log.warn("rewriter.failed", { trouble: thrown.trouble, status: thrown.status });
    return null;
  }
}

async function takeRewrite({ services, ownerId }: CallerContext): Promise<boolean> {
  const taken = await rateTakeV1(services.hints, {
    ownerId,
    bucket: "rewrites",
    limit: REWRITES_PER_MINUTE,
    windowMs: 60_000,
    now: services.now(),
  });
  return taken.allowed;
}
