import { Trans } from "@lingui/react/macro";
import { ImagePlus } from "lucide-react";
import { useId, type ReactNode } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { cx } from "../../shared/ui/cx.ts";
import { buttonClass, type ButtonLook } from "../../shared/ui/button.tsx";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { SimulatedNote } from "../../shared/ui/simulated-note.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import type { PhotoTrouble } from "./draft.ts";
import { PhotoTroubleText } from "./intake-problem-text.tsx";
import { SamplePhotos } from "./sample-photos.tsx";
import type { ImageIntake } from "./use-image-intake.ts";

const ACCEPT = "image/jpeg,image/png,image/webp";

/** The studio before there is a photo: choose, drop, paste or try a sample. */
export function PhotoPicker({
  intake,
  trouble,
  privacyLink,
  service,
  serviceSwitch,
  onUnfetched,
}: {
  intake: ImageIntake;
  trouble: PhotoTrouble | null;
  privacyLink: ReactNode;
  service: Service;
  serviceSwitch: ReactNode;
  onUnfetched: (cause: unknown) => void;
}) {
  const { text } = useFormat();
  return (
    <div className="page-x mx-auto flex w-full max-w-xl flex-col gap-5 py-6">
      {serviceSwitch}
      <div className="rounded-sheet border border-dashed border-control bg-ink-1 px-5 py-8 text-center">
        <ImagePlus aria-hidden className="mx-auto size-10 text-accent" />
        <ScreenTitle level="h1" className="mt-3 text-title font-semibold">
          <Trans>เริ่มจากภาพของคุณ</Trans>
        </ScreenTitle>
        <p className="mt-1 text-label text-accent">{text(service.title)}</p>
        <p className="mt-1 hidden text-text-2 pointer-fine:block">
          <Trans>ลากมาวาง วางจากคลิปบอร์ด หรือเลือกจากเครื่อง</Trans>
        </p>
        <FileButton look="primary" take={intake.take} className="mt-5 w-full max-w-xs">
          <Trans>เลือกภาพ</Trans>
        </FileButton>
        <p className="mt-3 text-caption text-text-3">
          <Trans>JPG, PNG หรือ WebP ไม่เกิน 25 MB</Trans>
        </p>
      </div>
      {trouble !== null && (
        <Notice kind="danger">
          <PhotoTroubleText trouble={trouble} />
        </Notice>
      )}
      <p className="text-caption text-text-2">
        <Trans>
          ภาพจะถูกส่งไปเซิร์ฟเวอร์ของเราและเครื่อง GPU ในต่างประเทศเพื่อแก้ไข ภาพที่ยังไม่ได้สร้างงานจะถูกลบใน 24
          ชั่วโมง ภาพของงานเก็บไว้จนกว่าคุณจะลบใน “งานของฉัน”
        </Trans>{" "}
        {privacyLink}
      </p>
      <SimulatedNote service={service} />
      <SamplePhotos take={intake.take} onUnfetched={onUnfetched} />
    </div>
  );
}

/** A button that opens the system's file chooser. */
export function FileButton({
  look,
  take,
  children,
  className,
}: {
  look: ButtonLook;
  take: ImageIntake["take"];
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <>
      <input
        id={id}
        type="file"
        accept={ACCEPT}
        className="peer sr-only"
        onChange={(event) => {
          const file = event.target.files?.item(0);
          // The same file may be chosen again after a mistake.
          event.target.value = "";
          if (file) void take({ blob: file, name: file.name });
        }}
      />
      <label
        htmlFor={id}
        className={cx(
          buttonClass(look, className),
          "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus",
        )}
      >
        {children}
      </label>
    </>
  );
}
