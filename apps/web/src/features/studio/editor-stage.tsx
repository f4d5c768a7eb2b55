import { Trans } from "@lingui/react/macro";
import { useRef } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import type { PhotoInWork } from "./draft.ts";
import { PhotoTroubleText } from "./intake-problem-text.tsx";
import { PainterStage } from "./painter/painter-stage.tsx";
import { PainterToolbar } from "./painter/painter-toolbar.tsx";
import type { DraftHandle } from "./use-draft.ts";
import type { PhotoUpload } from "./use-photo-upload.ts";

/** The photo being painted, with everything that floats over it. */
export function EditorStage({
  service,
  work,
  handle,
  upload,
}: {
  service: Service;
  work: PhotoInWork;
  handle: DraftHandle;
  upload: PhotoUpload;
}) {
  const { trouble, ratio } = handle.draft;
  const paints = service.mask !== "none";
  const toolbar = useRef<HTMLDivElement>(null);
  return (
    <>
      {paints && <PainterToolbar painter={work.painter} ref={toolbar} />}
      <PainterStage
        key={work.photo.id}
        {...{ work, ratio }}
        toolbar={paints ? toolbar : null}
        isActive={paints}
      />
      <div className="absolute inset-x-2 bottom-2 flex flex-col items-end gap-2 beside:inset-x-auto beside:bottom-3 beside:right-3 beside:max-w-md pointer-events-none *:pointer-events-auto">
        {trouble !== null && (
          <Notice
            kind={trouble.kind === "manyFiles" ? "info" : "danger"}
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
            <Trans>ลองอีกครั้ง</Trans>
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
