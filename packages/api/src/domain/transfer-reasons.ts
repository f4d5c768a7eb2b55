import type { LocalizedText } from "@ob/workflow";

/** Reasons a credit transfer can have; kept in its row, told in the owner's language when read. */
export const TRANSFER_REASONS = ["welcome", "job", "captured", "released", "refund"] as const;
export type TransferReason = (typeof TRANSFER_REASONS)[number];

const REASON_MESSAGES = {
  welcome: { th: "เครดิตต้อนรับ", en: "Welcome credits" },
  job: { th: "กันเครดิตไว้สำหรับงาน", en: "Held for a job" },
  captured: { th: "ใช้กับภาพที่เสร็จแล้ว", en: "Spent on a finished picture" },
  released: { th: "คืนเครดิตของงานที่ไม่ได้ภาพ", en: "Returned: the job made no picture" },
  refund: { th: "คืนเครดิต", en: "Refund" },
} as const satisfies Record<TransferReason, LocalizedText>;

const OTHER: LocalizedText = { th: "ปรับยอดเครดิต", en: "Credit adjustment" };

/**
 * Texts of a transfer's reason. A reason this version does not know (written by a newer server) reads
 * as a plain adjustment.
 */
export function reasonMessage(code: string): LocalizedText {
  const known = TRANSFER_REASONS.find((reason) => reason === code);
  return known === undefined ? OTHER : REASON_MESSAGES[known];
}
