import { creditBalances } from "@ob/db";
import { eq } from "drizzle-orm";
import type { Balance } from "../../contract/credits.ts";
import type { CallerContext } from "../context.ts";

/** The caller's credits: free to spend, and held by jobs under way. */
export async function readBalance(ctx: CallerContext): Promise<Balance> {
  const rows = await ctx.services.db
    .select({ account: creditBalances.account, amount: creditBalances.amount })
    .from(creditBalances)
    .where(eq(creditBalances.ownerId, ctx.ownerId));
  const amountOf = (account: string) => rows.find((row) => row.account === account)?.amount ?? 0;
  return { available: amountOf("available"), held: amountOf("held") };
}
