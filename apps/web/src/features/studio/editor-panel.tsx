import { Trans, useLingui } from "@lingui/react/macro";
import { ImageUp } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { Service } from "@ob/api";
import { cx } from "../../shared/ui/cx.ts";
import { InstructionPreview } from "./instruction-preview.tsx";
import { ModePicker } from "./mode-picker.tsx";
import { OptionChips } from "./option-chips.tsx";
import { PaintControls } from "./painter/paint-controls.tsx";
import { FileButton } from "./photo-picker.tsx";
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
  const [tab, setTab] = useState<Tab>("paint");
  const work = handle.draft.work;
  const chosen = Object.keys(handle.draft.options).length;
  const tabs = [
    { id: "paint", name: t`ระบาย` },
    { id: "options", name: chosen === 0 ? t`เลือกแบบ` : t`เลือกแบบ (${chosen})` },
    { id: "details", name: t`คำสั่งและโหมด` },
  ] as const;
  return (
    <>
      <div
        role="tablist"
        aria-label={t`ขั้นตอน`}
        className="mb-3 grid grid-cols-3 gap-1 rounded-control bg-ink-0 p-1 lg:hidden"
      >
        {tabs.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={tab === id}
            onClick={() => setTab(id)}
            className={cx(
              "min-h-11 rounded-control px-1 text-label",
              tab === id ? "bg-ink-3 font-medium text-text-1" : "text-text-2",
            )}
          >
            {name}
          </button>
        ))}
      </div>
      <div className="lg:space-y-7">
        {work !== null && (
          <TabBody isShown={tab === "paint"} title={<Trans>ระบายส่วนที่อยากแก้</Trans>}>
            <PaintControls painter={work.painter} />
            <FileButton look="quiet" take={intake.take} className="mt-1 w-full">
              <ImageUp aria-hidden className="size-4" />
              <Trans>เปลี่ยนภาพ</Trans>
            </FileButton>
          </TabBody>
        )}
        <TabBody isShown={tab === "options"} title={<Trans>เลือกแบบที่อยากได้</Trans>}>
          <OptionChips groups={service.options} handle={handle} />
        </TabBody>
        <TabBody isShown={tab === "details"} title={<Trans>คำสั่งและโหมด</Trans>}>
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
  isShown,
  title,
  children,
}: {
  isShown: boolean;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={cx(!isShown && "hidden lg:block")}>
      <h2 className="mb-2 hidden text-body-lg font-semibold lg:block">{title}</h2>
      {children}
    </section>
  );
}
