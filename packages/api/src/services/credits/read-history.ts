import { creditTransfers } from "@ob/db";
import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import type {
  CreditHistory,
  CreditHistoryInput,
  CreditHistoryItem,
} from "../../contract/credits.ts";
import { AppError } from "../../domain/app-error.ts";
import { reasonMessage } from "../../domain/messages.ts";
import type { CallerContext } from "../context.ts";

type TransferRow = typeof creditTransfers.$inferSelect;

const DEFAULT_LIMIT = 20;
const Cursor = z.string().regex(/^[1-9]\d{0,15}$/);

/** What happened to the caller's credits, newest first. @throws {AppError} INPUT_INVALID on a cursor that is not ours */
export async function readHistory(
  ctx: CallerContext,
  { cursor, limit = DEFAULT_LIMIT }: CreditHistoryInput,
): Promise<CreditHistory> {
  if (cursor !== undefined && !Cursor.safeParse(cursor).success) {
    throw new AppError("INPUT_INVALID", { field: "cursor" });
  }
  const rows = await ctx.services.db
    .select()
    .from(creditTransfers)
    .where(
      and(
        eq(creditTransfers.ownerId, ctx.ownerId),
        cursor === undefined ? undefined : lt(creditTransfers.ordinal, Number(cursor)),
      ),
    )
    .orderBy(desc(creditTransfers.ordinal))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const more = rows.length > limit;
  return {
    items: shown.map(toItem),
    nextCursor: more ? (shown.at(-1)?.ordinal?.toString() ?? null) : null,
  };
}

function toItem(row: TransferRow): CreditHistoryItem {
  return {
    id: row.id,
    kind: row.kind,
    amount: changeOfAvailable(row),
    availableAfter: row.availableAfter,
    jobId: row.jobId,
    paymentId: row.paymentId,
    reason: reasonMessage(reasonCode(row)),
    createdAt: row.createdAt.toISOString(),
  };
}

/** What the transfer did to the available credits, so that amounts add up to `availableAfter`. */
function changeOfAvailable(row: TransferRow): number {
  if (row.creditAccount === "available") return row.amount;
  return row.debitAccount === "available" ? -row.amount : 0;
}

/** A settlement is told by its kind: the row's own reason says what became of the job. */
function reasonCode(row: TransferRow): string {
  if (row.kind === "capture") return "captured";
  return row.kind === "release" ? "released" : row.reason;
}
