import type { LocalizedText } from "./localized-text.ts";

/** A page of the caller's history, newest first. */
export interface CreditHistoryInput {
  cursor?: string | undefined;
  /** 1 to 100. */
  limit?: number | undefined;
  /** Sent by TanStack Query's infinite lists, which only ever go forward here. */
  direction?: "forward" | undefined;
}
/** The caller's credits. */
export interface Balance {
  /** Free to spend. */
  available: number;
  /** Set aside for jobs that have not ended; not part of `available`. */
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

/** A page of what has happened to the caller's credits, newest first. */
export interface CreditHistory {
  items: CreditHistoryItem[];
  /** Null = this was the last page. */
  nextCursor: string | null;
}
