import { Trans } from "@lingui/react/macro";
import { refusalOf } from "../api/app-error.ts";
import { useFormat } from "../i18n/use-format.ts";

/** What went wrong in the server's own words, or that it could not be reached. */
export function ErrorText({ error }: { error: unknown }) {
  const { text } = useFormat();
  const refusal = refusalOf(error);
  if (refusal !== null) return <>{text(refusal.message)}</>;
  return <Trans>ติดต่อเซิร์ฟเวอร์ไม่ได้ งานและเครดิตยังอยู่ครบ ลองใหม่อีกครั้ง</Trans>;
}
