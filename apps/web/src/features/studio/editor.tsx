import { Trans } from "@lingui/react/macro";
import { useEffect, useState, type ReactNode } from "react";
import type { Balance, Job, Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { useMedia, WIDE } from "../../shared/lib/use-media.ts";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { ChosenChips } from "./chosen-chips.tsx";
import { EditorPanel, type Tab } from "./editor-panel.tsx";
import { EditorStage } from "./editor-stage.tsx";
import { GenerateBar } from "./generate-bar.tsx";
import { PhotoPicker } from "./photo-picker.tsx";
import { StudioFrame } from "./studio-frame.tsx";
import type { DraftHandle } from "./use-draft.ts";
import { useEditorJob } from "./use-editor-job.ts";
import type { ImageIntake } from "./use-image-intake.ts";

export interface EditorProps {
  readonly service: Service;
  readonly handle: DraftHandle;
  readonly intake: ImageIntake;
  /** Null = not known yet. */
  readonly balance: Balance | null;
  readonly privacyLink: ReactNode;
  /** The ways to the other services; null when there is only one. */
  readonly serviceSwitch: ReactNode;
  readonly onCreated: (job: Job) => void;
}

/** From a photo to a paid job: photo, mask, choices, price, button. */
export function Editor(props: EditorProps) {
  const { service, handle, intake, balance, serviceSwitch } = props;
  const { draft } = handle;
  const { text } = useFormat();
  const { work } = draft;
  const job = useEditorJob({ service, handle, balance, onCreated: props.onCreated });
  const { live, submit, missing, shortBy } = job;
  const [tab, setTab] = useState<Tab>("photo");
  const hidesPainting = !useMedia(WIDE) && tab !== "photo";
  useTopForNewPhoto(work?.photo.id ?? null);
  if (!draft.isLoaded) return <Loading />;
  return (
    <>
      {work !== null && (
        <ScreenTitle level="h1" className="sr-only">
          {text(service.title)}
        </ScreenTitle>
      )}
      <StudioFrame
        hidesPanelOnPhone={work === null}
        stage={
          work === null ? (
            <PhotoPicker
              {...{ intake, service, serviceSwitch }}
              trouble={draft.trouble}
              privacyLink={props.privacyLink}
              onUnfetched={(cause) => handle.dispatch({ kind: "fileUnfetched", cause })}
            />
          ) : (
            <EditorStage {...{ service, work, handle }} upload={job.upload} />
          )
        }
        isPanelLarge={tab === "options" || tab === "details"}
        panel={
          <EditorPanel
            {...{ service, handle, intake, job, serviceSwitch }}
            wanted={tab}
            onTab={setTab}
          />
        }
        bar={
          <GenerateBar
            credits={live.credits}
            missing={missing}
            shortBy={shortBy}
            leftAfter={balance === null ? null : balance.available - live.credits}
            isSubmitting={submit.isSubmitting}
            error={submit.error ?? live.error}
            warnings={live.quote?.warnings ?? []}
            chosen={<ChosenChips service={service} handle={handle} />}
            onWholePicture={
              work !== null && hidesPainting ? () => work.painter.run("wholeImage") : null
            }
            onGenerate={submit.submit}
          />
        }
      />
      {(intake.isDropping || intake.isReading) && <DropVeil isReading={intake.isReading} />}
    </>
  );
}

/** Where the page scrolls, a new photo is looked at first. */
function useTopForNewPhoto(photoId: string | null): void {
  useEffect(() => {
    if (photoId !== null) window.scrollTo(0, 0);
  }, [photoId]);
}

function Loading() {
  return (
    <p role="status" className="flex min-h-[50dvh] items-center justify-center gap-3 text-text-2">
      <Spinner />
      <Trans>กำลังเปิดสตูดิโอ</Trans>
    </p>
  );
}

function DropVeil({ isReading }: { isReading: boolean }) {
  return (
    <div className="pointer-events-none fixed inset-0 z-20 flex items-center justify-center border-4 border-accent bg-ink-0/80 text-title font-semibold">
      {isReading ? <Trans>กำลังเปิดภาพ</Trans> : <Trans>วางภาพตรงไหนก็ได้</Trans>}
    </div>
  );
}
