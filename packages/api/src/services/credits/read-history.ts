import type { CallerContext } from "../context.ts";
import type { CreditHistory, CreditHistoryInput } from "../../contract/credits.ts";

export async function readHistory(
  _ctx: CallerContext,
  _input: CreditHistoryInput,
): Promise<CreditHistory> {
  throw new Error("not built");
}
