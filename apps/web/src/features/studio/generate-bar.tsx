import { Trans } from "@lingui/react/macro";
import { ChevronDown, Sparkles, TriangleAlert } from "lucide-react";
import { useEffect, useId, useState, type ReactNode } from "react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { cx } from "../../shared/ui/cx.ts";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import type { MissingStep } from "./missing-step.ts";
import { WarningLines } from "./warning-lines.tsx";
import type { QuoteWarning } from "./warning-place.ts";

export interface GenerateBarProps {
  readonly credits: number;
  readonly missing: MissingStep | null;
  /** Credits that lack when `missing` is "credits". */
  readonly shortBy: number;
  /** Credits left once this job is paid; null = not known. */
  readonly leftAfter: number | null;
  readonly isSubmitting: boolean;
  /** Of the last try to generate, or of asking for the price. */
  readonly error: unknown;
  /** What the server advises against; each also stands beside what it is about. */
  readonly warnings: readonly QuoteWarning[];
  /** What is chosen, to be taken away again. */
  readonly chosen: ReactNode;
  /** Selects the whole picture at once; null where that can be done in sight. */
  readonly onWholePicture: (() => void) | null;
  readonly onGenerate: () => void;
}

/** The one button of the studio, with its price; it says what is missing instead of failing. */
export function GenerateBar(props: GenerateBarProps) {
  const { credits, missing, isSubmitting, error, warnings, onWholePicture, onGenerate } = props;
  const { number } = useFormat();
  const hintId = useId();
  const warningsId = useId();
  const [wantsWarnings, setAreWarningsOpen] = useState(false);
  const areWarningsOpen = wantsWarnings && warnings.length > 0;
  const isReady = missing === null && !isSubmitting;
  const price = number(credits);
  useEffect(() => {
    if (!isReady) return;
    const onKey = (event: KeyboardEvent) => {
      const isChord = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (!isChord || event.isComposing) return;
      event.preventDefault();
      onGenerate();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isReady, onGenerate]);
  return (
    <div>
      {props.chosen}
      {areWarningsOpen && (
        <div id={warningsId} className="max-h-[25dvh] overflow-y-auto">
          <WarningLines warnings={warnings} place={null} />
        </div>
      )}
      <div className="mb-1.5 flex items-center gap-3">
        <p
          id={hintId}
          role="status"
          className="min-h-[1.65em] min-w-0 grow text-caption text-text-2"
        >
          {error !== null ? (
            <span className="text-danger">
              <ErrorText error={error} />
            </span>
          ) : (
            <HintText missing={missing} shortBy={props.shortBy} leftAfter={props.leftAfter} />
          )}
        </p>
        {missing === "selection" && onWholePicture !== null && (
          <Button className="shrink-0 px-3! whitespace-nowrap" onClick={onWholePicture}>
            <Trans>ทั้งภาพ</Trans>
          </Button>
        )}
        {warnings.length > 0 && (
          <WarningButton
            count={warnings.length}
            isOpen={areWarningsOpen}
            controls={warningsId}
            onToggle={() => setAreWarningsOpen(!areWarningsOpen)}
          />
        )}
      </div>
      <Button
        look="primary"
        className="w-full px-2! text-body"
        disabled={!isReady}
        aria-describedby={hintId}
        icon={isSubmitting ? <Spinner /> : <Sparkles aria-hidden className="size-5" />}
        onClick={onGenerate}
      >
        <Trans>สร้างภาพ · ใช้ {price} เครดิต</Trans>
      </Button>
    </div>
  );
}

/** How many warnings there are; pressed, it shows all of them, wherever on the panel each belongs. */
function WarningButton({
  count,
  isOpen,
  controls,
  onToggle,
}: {
  count: number;
  isOpen: boolean;
  controls: string;
  onToggle: () => void;
}) {
  const { number } = useFormat();
  const shown = number(count);
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      onClick={onToggle}
      className="inline-flex min-h-11 shrink-0 items-center gap-1.5 rounded-control px-1 text-caption text-warning"
    >
      <TriangleAlert aria-hidden className="size-4" />
      <Trans>คำแนะนำ {shown} ข้อ</Trans>
      <ChevronDown
        aria-hidden
        className={cx("size-4 transition-transform", isOpen && "rotate-180")}
      />
    </button>
  );
}

function HintText({
  missing,
  shortBy,
  leftAfter,
}: Pick<GenerateBarProps, "missing" | "shortBy" | "leftAfter">) {
  const { number } = useFormat();
  const lacking = number(shortBy);
  const left = number(leftAfter ?? 0);
  switch (missing) {
    case null:
      return leftAfter === null ? null : <Trans>พร้อมแล้ว · หลังงานนี้เหลือ {left} เครดิต</Trans>;
    case "photo":
      return <Trans>เลือกภาพก่อน</Trans>;
    case "selection":
      return <Trans>ระบายส่วนที่อยากแก้ก่อนนะ หรือเลือก “ทั้งภาพ”</Trans>;
    case "instruction":
      return <Trans>เลือกแบบที่อยากได้ หรือพิมพ์บอกสั้น ๆ</Trans>;
    case "promptTooLong":
      return <Trans>ข้อความยาวเกินไป ลดให้สั้นลงก่อน</Trans>;
    case "quoteRefused":
      return null;
    case "upload":
      return <Trans>กำลังอัปโหลดภาพ อีกแป๊บเดียว</Trans>;
    case "credits":
      return (
        <span className="text-warning">
          <Trans>เครดิตไม่พอ ขาดอีก {lacking} · ตอนนี้ยังไม่เปิดขายเครดิต งานนี้เก็บไว้ให้แล้ว</Trans>
        </span>
      );
  }
}
