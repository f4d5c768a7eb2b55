import { Trans } from "@lingui/react/macro";
import { isUnreachable, refusalOf } from "../api/app-error.ts";
import { useFormat } from "../i18n/use-format.ts";

/** What went wrong: in the server's own words, that it could not be reached, or that this browser failed. */
export function ErrorText({ error }: { error: unknown }) {
  const { text } = useFormat();
  const refusal = refusalOf(error);
  if (refusal !== null) return <>{text(refusal.message)}</>;
  if (isUnreachable(error)) {
    return <Trans>ติดต่อเซิร์ฟเวอร์ไม่ได้ งานและเครดิตยังอยู่ครบ ลองอีกครั้ง</Trans>;
  }
  return <Trans>เกิดข้อผิดพลาดในเบราว์เซอร์นี้ งานและเครดิตยังอยู่ครบ ลองเปิดหน้านี้ใหม่</Trans>;
}
