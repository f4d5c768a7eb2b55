import type { CallerContext } from "../context.ts";
import type { Quote, QuoteInput } from "../../contract/job.ts";

export async function quoteJob(_ctx: CallerContext, _input: QuoteInput): Promise<Quote> {
  throw new Error("not built");
}
