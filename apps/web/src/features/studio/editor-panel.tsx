import { Trans, useLingui } from "@lingui/react/macro";
import { ImageUp } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import type { Service } from "@ob/api";
import { useMedia, WIDE } from "../../shared/lib/use-media.ts";
import { InstructionPreview } from "./instruction-preview.tsx";
import { ModePicker } from "./mode-picker.tsx";
import { OptionChips } from "./option-chips.tsx";
import { PaintControls } from "./painter/paint-controls.tsx";
import { FileButton } from "./photo-picker.tsx";
import { PanelTabs } from "./panel-tabs.tsx";
import { PromptBox } from "./prompt-box.tsx";
import type { DraftHandle } from "./use-draft.ts";
import type { ImageIntake } from "./use-image-intake.ts";
import type { LiveQuote } from "./use-quote.ts";

type Tab = "paint" | "options" | "details";

/** All settings of a job: one of three tabs on a phone, one under another on a wide screen. */
export function EditorPanel({
  service,
  handle,
  intake,
  live,
}: {
  service: Service;
  handle: DraftHandle;
  intake: ImageIntake;
  live: LiveQuote;
}) {
  const { t } = useLingui();
  const idPrefix = useId();
  const isWide = useMedia(WIDE);
  const [tab, setTab] = useState<Tab>("paint");
  const work = handle.draft.work;
  const chosen = Object.keys(handle.draft.options).length;
  const tabs = [
    { id: "paint", name: t`ระบาย` },
    { id: "options", name: chosen === 0 ? t`เลือกแบบ` : t`เลือกแบบ (${chosen})` },
    { id: "details", name: t`คำสั่งและโหมด` },
  ] as const;
  const body = (id: Tab) => ({ id, idPrefix, isTab: !isWide, isShown: isWide || tab === id });
  return (
    <>
      {!isWide && <PanelTabs tabs={tabs} chosen={tab} onChoose={setTab} idPrefix={idPrefix} />}
      <div className="lg:space-y-7">
        {work !== null && (
          <TabBody {...body("paint")} title={<Trans>ระบายส่วนที่อยากแก้</Trans>}>
            <PaintControls painter={work.painter} />
            <FileButton look="quiet" take={intake.take} className="mt-1 w-full">
              <ImageUp aria-hidden className="size-4" />
              <Trans>เปลี่ยนภาพ</Trans>
            </FileButton>
          </TabBody>
        )}
        <TabBody {...body("options")} title={<Trans>เลือกแบบที่อยากได้</Trans>}>
          <OptionChips groups={service.options} handle={handle} />
        </TabBody>
        <TabBody {...body("details")} title={<Trans>คำสั่งและโหมด</Trans>}>
          <div className="space-y-4">
            <PromptBox handle={handle} />
            <ModePicker modes={service.modes} handle={handle} />
            <InstructionPreview live={live} />
          </div>
        </TabBody>
      </div>
    </>
  );
}

function TabBody({
  id,
  idPrefix,
  isTab,
  isShown,
  title,
  children,
}: {
  id: Tab;
  idPrefix: string;
  isTab: boolean;
  isShown: boolean;
  title: ReactNode;
  children: ReactNode;
}) {
  const role = isTab
    ? { role: "tabpanel", "aria-labelledby": `${idPrefix}-${id}-tab` }
    : { "aria-labelledby": `${idPrefix}-${id}-title` };
  return (
    <section id={`${idPrefix}-${id}`} hidden={!isShown} {...role}>
      {!isTab && (
        <h2 id={`${idPrefix}-${id}-title`} className="mb-2 text-body-lg font-semibold">
          {title}
        </h2>
      )}
      {children}
    </section>
  );
}
