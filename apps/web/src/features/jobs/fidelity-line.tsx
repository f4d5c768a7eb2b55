import { Trans } from "@lingui/react/macro";
import { ShieldCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Fidelity } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";

/** Steps across a border that are larger than natural by this many grey levels can be seen. */
const VISIBLE_SEAM = 4;

/** What was measured about the parts that were not painted, in plain words; never more than was measured. */
export function FidelityLine({ fidelity }: { fidelity: Fidelity }) {
  const { changedOutsideMask, comparedPixels } = fidelity;
  // A mask over the whole picture leaves nothing to compare.
  const isCompared = changedOutsideMask !== null && comparedPixels !== null && comparedPixels > 0;
  return (
    <div className="space-y-1.5" data-testid="fidelity">
      {isCompared ? (
        <ComparedText changed={changedOutsideMask} compared={comparedPixels} />
      ) : (
        <p className="text-label text-text-2">
          <WholeText fidelity={fidelity} />
        </p>
      )}
      <PlaceText fidelity={fidelity} />
      <SeamText seam={fidelity.seam ?? null} isPainted={isCompared} />
    </div>
  );
}

function ComparedText({ changed, compared }: { changed: number; compared: number }) {
  const { number } = useFormat();
  const all = number(compared);
  if (changed > 0) {
    const some = number(changed);
    return (
      <p className="text-label text-warning">
        <Trans>
          นอกบริเวณที่ระบายเปลี่ยนไป {some} จาก {all} พิกเซล
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
          <Trans>ตรวจครบทั้ง {all} พิกเซล</Trans>
        </span>
      </span>
    </p>
  );
}

/** Nothing was set apart by painting: what is left to say is how alike the pictures are. */
function WholeText({ fidelity: { similarity, comparedPixels, aligned } }: { fidelity: Fidelity }) {
  const { percent } = useFormat();
  // Without painting there is a border to align at only where nothing but margins was drawn.
  const isOnlyWidened = comparedPixels === null && aligned != null;
  // Structure can also turn into its opposite; that is not less alike than nothing in common.
  const alike = percent(Math.max(0, similarity));
  return isOnlyWidened ? (
    <Trans>วาดเพิ่มเฉพาะรอบภาพ โครงของภาพเดิมเหมือนต้นฉบับ {alike}</Trans>
  ) : (
    <Trans>แก้ทั้งภาพ จึงไม่มีส่วนเดิมให้เทียบทีละพิกเซล โครงภาพเหมือนต้นฉบับ {alike}</Trans>
  );
}

/** Whether what the model drew lies where it belongs. */
function PlaceText({ fidelity: { aligned, residualPx } }: { fidelity: Fidelity }) {
  const { number } = useFormat();
  if (aligned === false) {
    return (
      <Caution>
        <Trans>จัดตำแหน่งส่วนที่แก้เทียบกับภาพเดิมไม่ได้ อาจเลื่อนไปเล็กน้อย ตรวจดูขอบก่อนนำไปใช้</Trans>
      </Caution>
    );
  }
  if (aligned !== true || residualPx == null) return null;
  const rounded = Math.round(residualPx * 10) / 10;
  const left = number(rounded);
  return (
    <p className="text-caption text-text-3">
      {rounded < 0.1 ? (
        <Trans>ส่วนที่แก้อยู่ตรงตำแหน่ง คลาดเคลื่อนไม่ถึง 0.1 พิกเซล</Trans>
      ) : (
        <Trans>ส่วนที่แก้คลาดจากตำแหน่งเดิม {left} พิกเซล</Trans>
      )}
    </p>
  );
}

function SeamText({ seam, isPainted }: { seam: number | null; isPainted: boolean }) {
  if (seam === null) return null;
  return seam < VISIBLE_SEAM ? (
    <p className="text-caption text-text-3">
      <Trans>รอยต่อกลืนกับภาพเดิม</Trans>
    </p>
  ) : (
    <Caution>
      {isPainted ? (
        <Trans>อาจเห็นรอยต่อที่ขอบ ลองระบายให้กว้างขึ้นอีกนิด</Trans>
      ) : (
        <Trans>อาจเห็นรอยต่อรอบภาพเดิม ตรวจดูก่อนนำไปใช้</Trans>
      )}
    </Caution>
  );
}

function Caution({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 text-label text-warning">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
