import { z } from "zod";
import type { LocalizedText } from "@ob/workflow";

export const CreditHistoryInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(100).optional(),
  /** Sent by TanStack Query's infinite lists, which only ever go forward here. */
  direction: z.literal("forward").optional(),
});
export type CreditHistoryInput = z.infer<typeof CreditHistoryInput>;

export interface Balance {
  available: number;
  held: number;
}

export type TransferKind =
  | "grant"
  | "purchase"
  | "hold"
  | "capture"
  | "release"
  | "refund"
  | "adjust"
  | "expire";

export interface CreditHistoryItem {
  id: string;
  kind: TransferKind;
  /** Signed change of the available credits, so that amounts add up to `availableAfter`; 0 for a capture, whose credits left with the hold. */
  amount: number;
  availableAfter: number;
  jobId: string | null;
  paymentId: string | null;
  reason: LocalizedText;
  createdAt: string;
}

export interface CreditHistory {
  items: CreditHistoryItem[];
  nextCursor: string | null;
}
