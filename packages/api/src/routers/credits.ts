import { CreditHistoryInput } from "../contract/inputs.ts";
import { readBalance } from "../services/credits/read-balance.ts";
import { readHistory } from "../services/credits/read-history.ts";
import { authed, router } from "./trpc.ts";

export const creditsRouter = router({
  balance: authed.query(({ ctx }) => readBalance(ctx)),
  history: authed.input(CreditHistoryInput).query(({ ctx, input }) => readHistory(ctx, input)),
});
