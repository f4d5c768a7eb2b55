import { Trans } from "@lingui/react/macro";
import { ImageUp } from "lucide-react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import type { PhotoInWork } from "./draft.ts";
import { PhotoTroubleText } from "./intake-problem-text.tsx";
import { PainterStage } from "./painter/painter-stage.tsx";
import { PainterToolbar } from "./painter/painter-toolbar.tsx";
import { FileButton } from "./photo-picker.tsx";
import type { DraftHandle } from "./use-draft.ts";
import type { ImageIntake } from "./use-image-intake.ts";
import type { PhotoUpload } from "./use-photo-upload.ts";

/** The photo being painted, with everything that floats over it. */
export function EditorStage({
  work,
  handle,
  intake,
  upload,
}: {
  work: PhotoInWork;
  handle: DraftHandle;
  intake: ImageIntake;
  upload: PhotoUpload;
}) {
  const { trouble } = handle.draft;
  return (
    <>
      <PainterStage key={work.photo.id} work={work} isActive />
      <PainterToolbar painter={work.painter} />
      <div className="absolute inset-x-2 bottom-2 flex flex-col items-end gap-2 lg:inset-x-auto lg:bottom-3 lg:right-3 lg:max-w-md pointer-events-none *:pointer-events-auto">
        {trouble !== null && (
          <Notice
            kind="danger"
            action={
              <Button look="quiet" onClick={() => handle.dispatch({ kind: "troubleRead" })}>
                <Trans>ปิด</Trans>
              </Button>
            }
          >
            <PhotoTroubleText trouble={trouble} />
          </Notice>
        )}
        <UploadLine upload={upload} />
        <FileButton look="plain" take={intake.take} className="glass-tool text-caption">
          <ImageUp aria-hidden className="size-4" />
          <Trans>เปลี่ยนภาพ</Trans>
        </FileButton>
      </div>
    </>
  );
}

function UploadLine({ upload }: { upload: PhotoUpload }) {
  const { percent } = useFormat();
  if (upload.error !== null && upload.asset === null) {
    return (
      <Notice
        kind="danger"
        action={
          <Button look="quiet" onClick={upload.retry}>
            <Trans>ลองใหม่</Trans>
          </Button>
        }
      >
        <ErrorText error={upload.error} />
      </Notice>
    );
  }
  if (upload.progress === null) return null;
  const share = percent(upload.progress);
  return (
    <p role="status" className="glass-tool rounded-pill px-4 py-1.5 text-caption">
      <Trans>กำลังอัปโหลด {share}</Trans>
    </p>
  );
}
