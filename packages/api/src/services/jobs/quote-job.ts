import type { PromptWarning } from "@ob/workflow";
import type { Quote, QuoteInput } from "../../contract/job.ts";
import type { CallerContext } from "../context.ts";
import { shownPrompt } from "../rewriting/agreed-prompt.ts";
import { resolveJobRequest } from "./resolve-job-request.ts";

/** The edit is worth its price all the same: the text that stands is ours. */
const REWRITE_UNAVAILABLE: PromptWarning = {
  code: "REWRITE_UNAVAILABLE",
  message: {
    th: "ตอนนี้เกลาคำสั่งให้ละเอียดขึ้นไม่ได้ จะใช้คำสั่งตามที่แสดง",
    en: "The instruction could not be refined just now; the one shown is used as it is.",
  },
  field: "prompt",
};

/** Says what an edit would cost and what the model would be told; holds nothing. @throws {AppError} as {@link resolveJobRequest} */
export async function quoteJob(ctx: CallerContext, request: QuoteInput): Promise<Quote> {
  const resolved = await resolveJobRequest(ctx, request);
  const { credits, service, prompt } = resolved;
  const shown = await shownPrompt(ctx, resolved);
  const warnings = shown.isUnavailable
    ? [...prompt.warnings, REWRITE_UNAVAILABLE]
    : prompt.warnings;
  return {
    credits,
    serviceVersion: service.version,
    prompt: { en: shown.en, th: prompt.th },
    warnings: warnings.map(({ code, message, field }) => ({
      code,
      message,
      field: field === null ? null : `input.${field}`,
    })),
  };
}
