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
    "แก้ทั้งภาพ จึงไม่มีส่วนที่กันไว้ให้เทียบ",
  ],
  [
    "the mask covered everything, so that nothing was measured",
    { comparedPixels: 0, changedOutsideMask: 0 },
    "แก้ทั้งภาพ จึงไม่มีส่วนที่กันไว้ให้เทียบ",
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
