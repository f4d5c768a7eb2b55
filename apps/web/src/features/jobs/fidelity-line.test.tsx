import { I18nProvider } from "@lingui/react";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Fidelity } from "@ob/api";
import { createI18n, loadMessages } from "../../shared/i18n/locale.ts";
import { FidelityLine } from "./fidelity-line.tsx";

const MEASURED: Fidelity = {
  comparedPixels: 1_000,
  changedOutsideMask: 0,
  shiftPx: 0,
  similarity: 0.5,
};

test.each<[string, Partial<Fidelity>, string]>([
  [
    "nothing changed where nothing was painted",
    {},
    "นอกบริเวณที่ระบาย เหมือนเดิมทุกพิกเซลตรวจครบทั้ง 1,000 พิกเซล",
  ],
  [
    "something changed there",
    { changedOutsideMask: 12 },
    "นอกบริเวณที่ระบายเปลี่ยนไป 12 จาก 1,000 พิกเซล",
  ],
  [
    "there was no mask",
    { comparedPixels: null, changedOutsideMask: null },
    "แก้ทั้งภาพ จึงไม่มีส่วนเดิมให้เทียบทีละพิกเซล โครงภาพเหมือนต้นฉบับ 50%",
  ],
  [
    "only margins were drawn, and their border can be seen",
    { comparedPixels: null, changedOutsideMask: null, similarity: 1, aligned: true, seam: 9 },
    "วาดเพิ่มเฉพาะรอบภาพ โครงของภาพเดิมเหมือนต้นฉบับ 100%อาจเห็นรอยต่อรอบภาพเดิม ตรวจดูก่อนนำไปใช้",
  ],
  [
    "the picture was turned inside out, no negative likeness is claimed and",
    { comparedPixels: null, changedOutsideMask: null, similarity: -0.2 },
    "แก้ทั้งภาพ จึงไม่มีส่วนเดิมให้เทียบทีละพิกเซล โครงภาพเหมือนต้นฉบับ 0%",
  ],
  [
    "the mask covered everything, so that nothing was measured",
    { comparedPixels: 0, changedOutsideMask: 0 },
    "แก้ทั้งภาพ จึงไม่มีส่วนเดิมให้เทียบทีละพิกเซล โครงภาพเหมือนต้นฉบับ 50%",
  ],
  [
    "the model's picture could not be put in place",
    { aligned: false, residualPx: null, changedOutsideMask: 3 },
    "นอกบริเวณที่ระบายเปลี่ยนไป 3 จาก 1,000 พิกเซลจัดตำแหน่งส่วนที่แก้เทียบกับภาพเดิมไม่ได้ อาจเลื่อนไปเล็กน้อย ตรวจดูขอบก่อนนำไปใช้",
  ],
  [
    "it was put in place and the border cannot be seen",
    { aligned: true, residualPx: 0.24, seam: 1.2 },
    "นอกบริเวณที่ระบาย เหมือนเดิมทุกพิกเซลตรวจครบทั้ง 1,000 พิกเซลส่วนที่แก้คลาดจากตำแหน่งเดิม 0.2 พิกเซลรอยต่อกลืนกับภาพเดิม",
  ],
  [
    "the border can be seen",
    { aligned: true, residualPx: 0.01, seam: 9 },
    "นอกบริเวณที่ระบาย เหมือนเดิมทุกพิกเซลตรวจครบทั้ง 1,000 พิกเซลส่วนที่แก้อยู่ตรงตำแหน่ง คลาดเคลื่อนไม่ถึง 0.1 พิกเซลอาจเห็นรอยต่อที่ขอบ ลองระบายให้กว้างขึ้นอีกนิด",
  ],
])("when %s, exactly that is said", async (_, change, says) => {
  const i18n = createI18n({ locale: "th", messages: await loadMessages("th") });
  render(
    <I18nProvider i18n={i18n}>
      <div data-testid="line">
        <FidelityLine fidelity={{ ...MEASURED, ...change }} />
      </div>
    </I18nProvider>,
  );
  expect(screen.getByTestId("line").textContent).toBe(says);
});
