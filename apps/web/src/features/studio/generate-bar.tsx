import { Trans } from "@lingui/react/macro";
import { Sparkles } from "lucide-react";
import { useEffect, useId } from "react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import type { MissingStep } from "./missing-step.ts";

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
  /** What the server advises against; the words stand with the instruction. */
  readonly warningCount: number;
  readonly onGenerate: () => void;
}

/** The one button of the studio, with its price; it says what is missing instead of failing. */
export function GenerateBar(props: GenerateBarProps) {
  const { credits, missing, isSubmitting, error, onGenerate } = props;
  const { number } = useFormat();
  const hintId = useId();
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
      <p id={hintId} role="status" className="mb-1.5 min-h-[1.65em] text-caption text-text-2">
        {error !== null ? (
          <span className="text-danger">
            <ErrorText error={error} />
          </span>
        ) : (
          <>
            <HintText missing={missing} shortBy={props.shortBy} leftAfter={props.leftAfter} />
            <WarningHint count={props.warningCount} />
          </>
        )}
      </p>
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

/** On a wide screen the warnings themselves are in sight. */
function WarningHint({ count }: { count: number }) {
  const { number } = useFormat();
  if (count === 0) return null;
  const warnings = number(count);
  return (
    <span className="block text-warning lg:hidden">
      <Trans>มีคำแนะนำ {warnings} ข้อ อ่านได้ใน “คำสั่งและโหมด”</Trans>
    </span>
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
