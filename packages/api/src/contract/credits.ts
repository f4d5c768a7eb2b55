import type { LocalizedText } from "./localized-text.ts";

/** A page of the caller's history, newest first. */
export interface CreditHistoryInput {
  cursor?: string | undefined;
  /** 1 to 100. */
  limit?: number | undefined;
  /** Sent by TanStack Query's infinite lists, which only ever go forward here. */
  direction?: "forward" | undefined;
}
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
