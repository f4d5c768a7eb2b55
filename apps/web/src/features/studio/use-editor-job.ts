import { useEffect, useMemo, useRef, useState } from "react";
import type { Balance, Job, Service } from "@ob/api";
import { refusalOf } from "../../shared/api/app-error.ts";
import { useSession } from "../../shared/api/session-context.tsx";
import type { PhotoInWork } from "./draft.ts";
import { hasInstruction, needsSelection } from "./draft-settings.ts";
import { missingStep, type MissingStep } from "./missing-step.ts";
import { EMPTY_HISTORY, type MaskHistory } from "./painter/mask-history.ts";
import type { Selection } from "./painter/mask-op.ts";
import { Painter } from "./painter/painter.ts";
import { usePainter } from "./painter/use-painter.ts";
import { isPromptTooLong } from "./prompt-limit.ts";
import type { DraftHandle } from "./use-draft.ts";
import { useExtraUploads, type ExtraUpload } from "./use-extra-uploads.ts";
import { useMaskAsset } from "./use-mask-asset.ts";
import { usePhotoUpload, type PhotoUpload } from "./use-photo-upload.ts";
import { useQuote, type LiveQuote } from "./use-quote.ts";
import { useSubmitJob, type SubmitJob } from "./use-submit-job.ts";

/** The draft on its way to a job: its pictures at the server, its price, and what still lacks. */
export interface EditorJob {
  readonly upload: PhotoUpload;
  readonly extraUploads: readonly ExtraUpload[];
  readonly live: LiveQuote;
  readonly submit: SubmitJob;
  readonly missing: MissingStep | null;
  /** Credits that lack; 0 = enough, or not known yet. */
  readonly shortBy: number;
}

/** Sends what the draft needs in the background, and asks for the price of the job as it stands. */
export function useEditorJob(o: {
  service: Service;
  handle: DraftHandle;
  balance: Balance | null;
  onCreated: (job: Job) => void;
}): EditorJob {
  const { service, handle, balance } = o;
  const { draft } = handle;
  const upload = usePhotoUpload(handle);
  const extras = useExtraUploads(handle);
  const { history, selection } = useSelection(draft.work, service);
  const isMaskWanted =
    selection === "part" || (selection === "whole" && service.mask === "required");
  const mask = useMaskAsset({
    photo: draft.work?.photo ?? null,
    history,
    isWanted: isMaskWanted && upload.asset !== null,
  });
  const pictures = usePictureIds(upload, extras.uploads);
  const maskAssetId = isMaskWanted ? (mask?.assetId ?? null) : null;
  const isSelected = selection !== "none" || !needsSelection(draft, service);
  const isComplete = isSelected && (!isMaskWanted || maskAssetId !== null);
  const assets = useMemo(
    () => (pictures === null || !isComplete ? null : { ...pictures, maskAssetId }),
    [pictures, isComplete, maskAssetId],
  );
  const live = useQuote({ service, settings: draft, assets });
  const submit = useSubmitJob({
    handle,
    service,
    live,
    isMaskWanted,
    assets: pictures,
    key: useMemo(() => ({ draft, history }), [draft, history]),
    onCreated: o.onCreated,
  });
  const sendAgain = () => {
    upload.sendAgain();
    extras.sendAgain();
  };
  useLostAsset(live.error, sendAgain);
  useLostAsset(submit.error, sendAgain);
  const shortBy = balance === null ? 0 : Math.max(0, live.credits - balance.available);
  const missing = missingStep({
    hasPhoto: draft.work !== null,
    selection,
    needsSelection: needsSelection(draft, service),
    hasInstruction: hasInstruction(draft, service),
    isPromptTooLong: isPromptTooLong(draft.prompt, service),
    isQuoteRefused: isRefused(live.error),
    isUploaded: pictures !== null,
    shortBy,
  });
  return { upload, extraUploads: extras.uploads, live, submit, missing, shortBy };
}

/** The server's ids of all pictures, the same object while they are the same; null until it has all. */
function usePictureIds(upload: PhotoUpload, extras: readonly ExtraUpload[]) {
  const imageAssetId = upload.asset?.assetId ?? null;
  const extraIds = extras.flatMap(({ asset }) => (asset === null ? [] : [asset.assetId]));
  const key = extras.length === extraIds.length ? extraIds.join(" ") : null;
  return useMemo(
    () =>
      imageAssetId === null || key === null
        ? null
        : { imageAssetId, extraImageAssetIds: key.split(" ").filter(Boolean) },
    [imageAssetId, key],
  );
}

/** The painter's selection, also before there is a painter, and where nothing can be painted. */
function useSelection(
  work: PhotoInWork | null,
  service: Service,
): { history: MaskHistory; selection: Selection } {
  const [nobody] = useState(() => new Painter({ picture: { width: 1, height: 1 } }));
  const { history, selection } = usePainter(work?.painter ?? nobody);
  if (work === null) return { history: EMPTY_HISTORY, selection: "none" };
  return service.mask === "none"
    ? { history: EMPTY_HISTORY, selection: "whole" }
    : { history, selection };
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
