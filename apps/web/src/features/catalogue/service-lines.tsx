import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import type { MessageDescriptor } from "@lingui/core";

const LINES: Readonly<Record<string, MessageDescriptor>> = {
  "qwen-image-edit": msg`เปลี่ยนฉากหลัง เสื้อผ้า ทรงผม แสง หรือลบสิ่งที่ไม่อยากได้ เฉพาะจุดที่ระบาย`,
  "photo-restore": msg`ลบรอยขาด รอยพับ และคืนสีให้ภาพเก่าของครอบครัว`,
};
/** For a service that is newer than this page. */
const NEUTRAL = msg`เลือกภาพ เลือกแบบ แล้วให้ AI ทำให้`;

/** What a service is for, in one line. */
export function ServiceLine({ serviceId }: { serviceId: string }) {
  const { i18n } = useLingui();
  return i18n._(LINES[serviceId] ?? NEUTRAL);
}

/** Services with illustrations in `public/services`. */
const ILLUSTRATED = new Set(["qwen-image-edit", "photo-restore"]);

export function isIllustrated(serviceId: string): boolean {
  return ILLUSTRATED.has(serviceId);
}
