import { Trans, useLingui } from "@lingui/react/macro";
import { AtSign, ImagePlus, Trash2 } from "lucide-react";
import { useCallback } from "react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { IconButton } from "../../shared/ui/icon-button.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { PhotoTroubleText } from "./intake-problem-text.tsx";
import { FileButton } from "./photo-picker.tsx";
import { withMention } from "./prompt-mention.ts";
import type { DraftHandle } from "./use-draft.ts";
import type { ExtraUpload } from "./use-extra-uploads.ts";
import type { ImageIntake } from "./use-image-intake.ts";
import { WarningLines } from "./warning-lines.tsx";
import type { QuoteWarning } from "./warning-place.ts";

/** Pictures besides the photo, to take something from: “picture 2”, “picture 3”. */
export function ExtraPictures({
  max,
  handle,
  uploads,
  takeExtra,
  warnings,
}: {
  /** Most pictures besides the photo. */
  max: number;
  handle: DraftHandle;
  uploads: readonly ExtraUpload[];
  takeExtra: ImageIntake["takeExtra"];
  warnings: readonly QuoteWarning[];
}) {
  const { draft, dispatch } = handle;
  return (
    <section>
      <h3 className="text-label font-medium text-text-2">
        <Trans>ภาพประกอบ (ไม่บังคับ)</Trans>
      </h3>
      <p className="text-caption text-text-3">
        <Trans>เช่น เสื้อผ้า สินค้า หรือฉากที่อยากให้นำมาใส่ในภาพ</Trans>
      </p>
      <ul className="mt-1.5 space-y-2 empty:hidden">
        {uploads.map((upload, index) => (
          <ExtraPicture key={upload.photo.id} {...{ upload, handle }} place={index + 2} />
        ))}
      </ul>
      {draft.extraTrouble !== null && (
        <div className="mt-2">
          <Notice
            kind="danger"
            action={
              <Button look="quiet" onClick={() => dispatch({ kind: "extraTroubleRead" })}>
                <Trans>ปิด</Trans>
              </Button>
            }
          >
            <PhotoTroubleText trouble={draft.extraTrouble} />
          </Notice>
        </div>
      )}
      <WarningLines warnings={warnings} place={{ at: "extras" }} />
      {draft.extras.length < max && (
        <FileButton look="plain" take={(file) => takeExtra(file, max)} className="mt-2 w-full">
          <ImagePlus aria-hidden className="size-4" />
          <AddText place={draft.extras.length + 2} />
        </FileButton>
      )}
    </section>
  );
}

function AddText({ place }: { place: number }) {
  const { number } = useFormat();
  const picture = number(place);
  return <Trans>เพิ่มรูปที่ {picture}</Trans>;
}

function ExtraPicture({
  upload,
  place,
  handle: { draft, dispatch },
}: {
  upload: ExtraUpload;
  place: number;
  handle: DraftHandle;
}) {
  const { t } = useLingui();
  const { number, percent } = useFormat();
  const shown = number(place);
  // The server reads the mention in Thai and in English; it is written as the rest of the words are.
  const mention = t`รูปที่ ${shown}`;
  const share = upload.progress === null ? null : percent(upload.progress);
  return (
    <li className="flex items-center gap-2 rounded-card border border-hairline bg-ink-2 p-2">
      <Thumbnail blob={upload.photo.blob} />
      <div className="min-w-0 grow">
        <p className="text-label font-medium">{mention}</p>
        <p role="status" className="text-caption text-text-2">
          {upload.error !== null ? (
            <span className="text-danger">
              <ErrorText error={upload.error} />
            </span>
          ) : upload.asset !== null ? (
            <Trans>พร้อมใช้</Trans>
          ) : share !== null ? (
            <Trans>กำลังอัปโหลด {share}</Trans>
          ) : (
            <Trans>กำลังอัปโหลด</Trans>
          )}
        </p>
      </div>
      {upload.error !== null && (
        <Button look="quiet" className="shrink-0 whitespace-nowrap px-2!" onClick={upload.retry}>
          <Trans>ลองอีกครั้ง</Trans>
        </Button>
      )}
      <IconButton
        label={t`ใส่คำว่า “${mention}” ในคำสั่ง`}
        icon={<AtSign className="size-5" />}
        onClick={() =>
          dispatch({ kind: "promptTyped", prompt: withMention(draft.prompt, mention) })
        }
      />
      <IconButton
        label={t`เอา${mention} ออก`}
        icon={<Trash2 className="size-5" />}
        onClick={() => dispatch({ kind: "extraRemoved", photoId: upload.photo.id })}
      />
    </li>
  );
}

function Thumbnail({ blob }: { blob: Blob }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(blob);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob],
  );
  return (
    <img ref={show} alt="" className="size-14 shrink-0 rounded-control bg-ink-3 object-cover" />
  );
}
