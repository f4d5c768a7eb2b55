import { Trans, useLingui } from "@lingui/react/macro";
import { ImageUp } from "lucide-react";
import { useId, type ReactNode } from "react";
import type { Service } from "@ob/api";
import { useMedia, WIDE } from "../../shared/lib/use-media.ts";
import { ExtraPictures } from "./extra-pictures.tsx";
import { InstructionPreview } from "./instruction-preview.tsx";
import { ModePicker } from "./mode-picker.tsx";
import { OptionPicker } from "./option-picker.tsx";
import { PaintControls } from "./painter/paint-controls.tsx";
import { ParamSliders } from "./param-sliders.tsx";
import { FileButton } from "./photo-picker.tsx";
import { PanelTabs } from "./panel-tabs.tsx";
import { PromptBox } from "./prompt-box.tsx";
import { RatioPicker } from "./ratio-picker.tsx";
import type { DraftHandle } from "./use-draft.ts";
import type { EditorJob } from "./use-editor-job.ts";
import type { ImageIntake } from "./use-image-intake.ts";

/** A part of the panel; on a phone one of them is in sight. */
export type Tab = "photo" | "options" | "ratio" | "details";

interface PanelProps {
  readonly service: Service;
  readonly handle: DraftHandle;
  readonly intake: ImageIntake;
  readonly job: EditorJob;
  readonly serviceSwitch: ReactNode;
  /** The part one wants to see on a phone. */
  readonly wanted: Tab;
  readonly onTab: (tab: Tab) => void;
}

/** All settings of a job: one of the tabs on a phone, one under another on a wide screen. */
export function EditorPanel(props: PanelProps) {
  const { service, handle, job, wanted, onTab } = props;
  const idPrefix = useId();
  const isWide = useMedia(WIDE);
  const tabs = useTabs(service, handle);
  const tab = tabs.some(({ id }) => id === wanted) ? wanted : (tabs[0]?.id ?? "details");
  const { work } = handle.draft;
  const warnings = job.live.quote?.warnings ?? [];
  const body = (id: Tab) => ({ id, idPrefix, isTab: !isWide, isShown: isWide || tab === id });
  const has = (id: Tab) => tabs.some((one) => one.id === id);
  return (
    <>
      {!isWide && <PanelTabs tabs={tabs} chosen={tab} onChoose={onTab} idPrefix={idPrefix} />}
      <div className="lg:space-y-7">
        <PhotoTab {...props} body={body("photo")} />
        {has("options") && (
          <TabBody {...body("options")} title={<Trans>เลือกแบบที่อยากได้</Trans>}>
            <OptionPicker groups={service.options} handle={handle} warnings={warnings} />
          </TabBody>
        )}
        {has("ratio") && (
          <TabBody {...body("ratio")} title={<Trans>สัดส่วนภาพ</Trans>}>
            <RatioPicker
              ratios={service.ratios}
              photo={work?.photo ?? null}
              {...{ handle, warnings }}
            />
          </TabBody>
        )}
        <DetailsTab {...props} body={body("details")} />
      </div>
    </>
  );
}

/** The tabs this service needs. */
function useTabs(service: Service, { draft }: DraftHandle): { id: Tab; name: string }[] {
  const { t } = useLingui();
  const chosen = Object.keys(draft.options).length;
  const options = chosen === 0 ? t`เลือกแบบ` : t`เลือกแบบ (${chosen})`;
  const photo = service.mask === "none" ? t`ภาพ` : t`ระบาย`;
  return [
    ...(draft.work === null ? [] : [{ id: "photo", name: photo } as const]),
    ...(service.options.length === 0 ? [] : [{ id: "options", name: options } as const]),
    ...(service.ratios.length < 2 ? [] : [{ id: "ratio", name: t`สัดส่วน` } as const]),
    { id: "details", name: t`คำสั่ง` },
  ];
}

type BodyProps = Omit<Parameters<typeof TabBody>[0], "title" | "children">;

/** What is done to the photo itself: painted on, exchanged, taken to another service. */
function PhotoTab({
  service,
  handle: { draft },
  intake,
  serviceSwitch,
  body,
}: PanelProps & { body: BodyProps }) {
  if (draft.work === null) return null;
  const paints = service.mask !== "none";
  return (
    <TabBody {...body} title={paints ? <Trans>ระบายส่วนที่อยากแก้</Trans> : <Trans>ภาพที่จะแก้</Trans>}>
      {paints && <PaintControls painter={draft.work.painter} />}
      {!paints && (
        <p className="text-caption text-text-2">
          <Trans>บริการนี้แก้ทั้งภาพ ไม่ต้องระบาย</Trans>
        </p>
      )}
      <FileButton look="quiet" take={intake.take} className="mt-1 w-full">
        <ImageUp aria-hidden className="size-4" />
        <Trans>เปลี่ยนภาพ</Trans>
      </FileButton>
      {serviceSwitch}
    </TabBody>
  );
}

/** The user's own words, further pictures, numbers, the mode, and what comes of it all. */
function DetailsTab({
  service,
  handle,
  intake,
  job: { live, extraUploads },
  body,
}: PanelProps & { body: BodyProps }) {
  const warnings = live.quote?.warnings ?? [];
  return (
    <TabBody {...body} title={<Trans>คำสั่งและโหมด</Trans>}>
      <div className="space-y-4">
        <PromptBox {...{ service, handle, warnings }} />
        {service.images.max > 1 && (
          <ExtraPictures
            max={service.images.max - 1}
            uploads={extraUploads}
            takeExtra={intake.takeExtra}
            {...{ handle, warnings }}
          />
        )}
        {service.params.length > 0 && <ParamSliders params={service.params} handle={handle} />}
        <ModePicker modes={service.modes} handle={handle} />
        <InstructionPreview live={live} />
      </div>
    </TabBody>
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
