import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import type { MessageDescriptor } from "@lingui/core";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import type { PhotoTrouble } from "./draft.ts";
import type { IntakeProblem } from "./read-photo.ts";

const TEXTS = {
  empty: msg`ไฟล์นี้ว่างเปล่า ลองเลือกภาพอื่น`,
  tooLarge: msg`ภาพใหญ่เกิน 25 MB ลองย่อขนาดหรือส่งเป็น JPG`,
  tooManyPixels: msg`ภาพละเอียดเกิน 40 ล้านพิกเซล ลองย่อขนาดก่อน`,
  notPicture: msg`เปิดไฟล์ชนิดนี้ไม่ได้ ใช้ภาพ JPG, PNG หรือ WebP`,
  heic: msg`เปิดไฟล์ HEIC นี้ไม่ได้ ลองส่งเป็น JPG หรือถ่ายหน้าจอภาพนี้แทน`,
  animated: msg`ยังไม่รองรับภาพเคลื่อนไหว ใช้ภาพนิ่ง JPG, PNG หรือ WebP`,
  unreadable: msg`เปิดภาพนี้ไม่ได้ ไฟล์อาจเสียหรือมาไม่ครบ ลองเลือกภาพอื่น`,
} satisfies Record<IntakeProblem, MessageDescriptor>;

/** Why the last file was not taken, or not all of them. */
export function PhotoTroubleText({ trouble }: { trouble: PhotoTrouble }) {
  const { i18n } = useLingui();
  const { text } = useFormat();
  switch (trouble.kind) {
    case "intake":
      return i18n._(TEXTS[trouble.problem]);
    case "refused":
      return text(trouble.refusal.message);
    case "unfetched":
      return <ErrorText error={trouble.cause} />;
    case "manyFiles":
      return <Trans>ใช้ได้ทีละภาพ เปิดภาพแรกให้แล้ว</Trans>;
  }
}
