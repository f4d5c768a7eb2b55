import { Trans } from "@lingui/react/macro";
import { ShieldCheck } from "lucide-react";
import type { Fidelity } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";

/** What was measured about the parts that were not painted, in plain words; never more than was measured. */
export function FidelityLine({ fidelity }: { fidelity: Fidelity }) {
  const { number } = useFormat();
  const { changedOutsideMask, comparedPixels } = fidelity;
  // A mask over the whole picture leaves nothing to compare.
  if (changedOutsideMask === null || comparedPixels === null || comparedPixels === 0) {
    return (
      <p className="text-label text-text-2">
        <Trans>แก้ทั้งภาพ จึงไม่มีส่วนที่กันไว้ให้เทียบ</Trans>
      </p>
    );
  }
  const changed = number(changedOutsideMask);
  const compared = number(comparedPixels);
  if (changedOutsideMask > 0) {
    return (
      <p className="text-label text-warning">
        <Trans>
          นอกบริเวณที่ระบายเปลี่ยนไป {changed} จาก {compared} พิกเซล
        </Trans>
      </p>
    );
  }
  return (
    <p className="flex items-start gap-2 text-label">
      <ShieldCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
      <span>
        <Trans>นอกบริเวณที่ระบาย เหมือนเดิมทุกพิกเซล</Trans>
        <span className="block text-caption text-text-3">
          <Trans>ตรวจครบทั้ง {compared} พิกเซล</Trans>
        </span>
      </span>
    </p>
  );
}
