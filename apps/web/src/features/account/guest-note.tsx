import { Trans } from "@lingui/react/macro";

/** Who one is without an account, honestly. */
export function GuestNote() {
  return (
    <p className="text-caption text-text-3">
      <Trans>ใช้งานได้เลยไม่ต้องสมัคร งานและเครดิตผูกกับเบราว์เซอร์นี้ ถ้าล้างข้อมูลเบราว์เซอร์จะเปิดดูไม่ได้อีก</Trans>
    </p>
  );
}
