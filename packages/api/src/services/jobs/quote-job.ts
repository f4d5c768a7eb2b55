import type { Quote, QuoteInput } from "../../contract/job.ts";
import type { CallerContext } from "../context.ts";
import { resolveJobRequest } from "./resolve-job-request.ts";

/** Says what an edit would cost and what the model would be told; holds nothing. @throws {AppError} as {@link resolveJobRequest} */
export async function quoteJob(ctx: CallerContext, request: QuoteInput): Promise<Quote> {
  const { credits, service, prompt } = await resolveJobRequest(ctx, request);
  return {
    credits,
    serviceVersion: service.version,
    prompt: { en: prompt.en, th: prompt.th },
    warnings: prompt.warnings.map(({ code, message, field }) => ({
      code,
      message,
      field: field === null ? null : `input.${field}`,
    })),
  };
}
