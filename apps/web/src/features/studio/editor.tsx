import { Trans } from "@lingui/react/macro";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Balance, Job, Service } from "@ob/api";
import { refusalOf } from "../../shared/api/app-error.ts";
import { useSession } from "../../shared/api/session-context.tsx";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { hasInstruction, type PhotoInWork } from "./draft.ts";
import { EditorPanel } from "./editor-panel.tsx";
import { EditorStage } from "./editor-stage.tsx";
import { GenerateBar } from "./generate-bar.tsx";
import { missingStep } from "./missing-step.ts";
import { EMPTY_HISTORY, type MaskHistory } from "./painter/mask-history.ts";
import type { Selection } from "./painter/mask-op.ts";
import { Painter } from "./painter/painter.ts";
import { usePainter } from "./painter/use-painter.ts";
import { PhotoPicker } from "./photo-picker.tsx";
import { isPromptTooLong } from "./prompt-box.tsx";
import { StudioFrame } from "./studio-frame.tsx";
import type { DraftHandle } from "./use-draft.ts";
import type { ImageIntake } from "./use-image-intake.ts";
import { useMaskAsset } from "./use-mask-asset.ts";
import { usePhotoUpload } from "./use-photo-upload.ts";
import { useQuote } from "./use-quote.ts";
import { useSubmitJob } from "./use-submit-job.ts";

export interface EditorProps {
  readonly service: Service;
  readonly handle: DraftHandle;
  readonly intake: ImageIntake;
  /** Null = not known yet. */
  readonly balance: Balance | null;
  readonly privacyLink: ReactNode;
  readonly onCreated: (job: Job) => void;
}

/** From a photo to a paid job: photo, mask, choices, price, button. */
export function Editor(props: EditorProps) {
  const { service, handle, intake, balance } = props;
  const { draft } = handle;
  const { text } = useFormat();
  const { work } = draft;
  const upload = usePhotoUpload(handle);
  const { history, selection } = useSelection(work);
  const mask = useMaskAsset({
    photo: work?.photo ?? null,
    history,
    isWanted: selection === "part" && upload.asset !== null,
  });
  const live = useQuote({
    service,
    draft,
    imageAssetId: upload.asset?.assetId ?? null,
    maskAssetId: selection === "part" ? (mask?.assetId ?? null) : null,
    isSelected: selection === "whole" || mask !== null,
  });
  const submit = useSubmitJob({
    handle,
    service,
    imageAssetId: upload.asset?.assetId ?? null,
    quotedCredits: live.credits,
    key: useMemo(() => ({ draft, history }), [draft, history]),
    onCreated: props.onCreated,
  });
  useLostAsset(live.error, upload.sendAgain);
  useLostAsset(submit.error, upload.sendAgain);
  const shortBy = balance === null ? 0 : Math.max(0, live.credits - balance.available);
  const missing = missingStep({
    hasPhoto: work !== null,
    selection,
    hasInstruction: hasInstruction(draft),
    isPromptTooLong: isPromptTooLong(draft.prompt),
    isQuoteRefused: isRefused(live.error),
    isUploaded: upload.asset !== null,
    shortBy,
  });
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
              intake={intake}
              trouble={draft.trouble}
              privacyLink={props.privacyLink}
              service={service}
              onUnfetched={(cause) => handle.dispatch({ kind: "fileUnfetched", cause })}
            />
          ) : (
            <EditorStage {...{ work, handle, upload }} />
          )
        }
        panel={<EditorPanel {...{ service, handle, intake, live }} />}
        bar={
          <GenerateBar
            credits={live.credits}
            missing={missing}
            shortBy={shortBy}
            leftAfter={balance === null ? null : balance.available - live.credits}
            isSubmitting={submit.isSubmitting}
            error={submit.error ?? live.error}
            warningCount={live.quote?.warnings.length ?? 0}
            onGenerate={submit.submit}
          />
        }
      />
      {(intake.isDropping || intake.isReading) && <DropVeil isReading={intake.isReading} />}
    </>
  );
}

/** The painter's selection, also before there is a painter. */
function useSelection(work: PhotoInWork | null): { history: MaskHistory; selection: Selection } {
  const [nobody] = useState(() => new Painter({ picture: { width: 1, height: 1 } }));
  const { history, selection } = usePainter(work?.painter ?? nobody);
  return work === null ? { history: EMPTY_HISTORY, selection: "none" } : { history, selection };
}

/** Where the page scrolls, a new photo is looked at first. */
function useTopForNewPhoto(photoId: string | null): void {
  useEffect(() => {
    if (photoId !== null) window.scrollTo(0, 0);
  }, [photoId]);
}

const MENDED_BY_ITSELF = new Set(["ASSET_NOT_FOUND", "AUTH_REQUIRED"]);

/** Whether the server says no to the job as it stands, and only the user can change that. */
function isRefused(error: unknown): boolean {
  const code = refusalOf(error)?.code;
  return code !== undefined && !MENDED_BY_ITSELF.has(code);
}

/** What the server has forgotten, picture or guest, is sent again by itself, once per refusal. */
function useLostAsset(error: unknown, sendAgain: () => void): void {
  const session = useSession();
  const lost = useRef<unknown>(null);
  useEffect(() => {
    const code = refusalOf(error)?.code;
    if (lost.current === error || code === undefined || !MENDED_BY_ITSELF.has(code)) return;
    lost.current = error;
    if (code === "AUTH_REQUIRED") session.forget();
    sendAgain();
  }, [error, sendAgain, session]);
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
