import { Trans, useLingui } from "@lingui/react/macro";
import { Contrast, Eraser, Image } from "lucide-react";
import { useId } from "react";
import { useFormat } from "../../../shared/i18n/use-format.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Range } from "../../../shared/ui/range.tsx";
import type { Painter } from "./painter.ts";
import { usePainter } from "./use-painter.ts";

/** Brush size, and the ways to select without painting. */
export function PaintControls({ painter }: { painter: Painter }) {
  const { t } = useLingui();
  const { percent } = useFormat();
  const sizeId = useId();
  const { brushStep, selection, coverage } = usePainter(painter);
  const share = coverage < 0.01 ? t`ไม่ถึง 1%` : percent(coverage);
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-3">
        <label htmlFor={sizeId} className="shrink-0 text-label text-text-2">
          <Trans>ขนาดแปรง</Trans>
        </label>
        <Range
          className="min-w-32 flex-1"
          id={sizeId}
          min={0}
          max={100}
          value={brushStep}
          aria-valuetext={percent(brushStep / 100)}
          onChange={(event) => painter.sizeBrush(Number(event.target.value))}
        />
      </div>
      <div className="flex flex-wrap gap-2 *:grow">
        <Button
          className="gap-1.5 px-2! whitespace-nowrap"
          aria-pressed={selection === "whole"}
          icon={<Image aria-hidden className="size-4" />}
          onClick={() => painter.run("wholeImage")}
        >
          <Trans>ทั้งภาพ</Trans>
        </Button>
        <Button
          className="gap-1.5 px-2! whitespace-nowrap"
          icon={<Contrast aria-hidden className="size-4" />}
          onClick={() => painter.run("invert")}
        >
          <Trans>สลับส่วนที่เลือก</Trans>
        </Button>
        <Button
          className="gap-1.5 px-2! whitespace-nowrap"
          disabled={selection === "none"}
          icon={<Eraser aria-hidden className="size-4" />}
          onClick={() => painter.addOp({ kind: "clear" })}
        >
          <Trans>ล้าง</Trans>
        </Button>
      </div>
      <p className="text-caption text-text-3" aria-live="polite">
        {selection === "none" ? (
          <>
            <span className="pointer-fine:hidden">
              <Trans>ระบายส่วนที่อยากแก้ นิ้วเดียวระบาย สองนิ้วซูมและเลื่อน</Trans>
            </span>
            <span className="hidden pointer-fine:inline">
              <Trans>ระบายส่วนที่อยากแก้ หมุนล้อเมาส์เพื่อซูม กด Space ค้างแล้วลากเพื่อเลื่อน</Trans>
            </span>
          </>
        ) : selection === "whole" ? (
          <Trans>แก้ทั้งภาพ</Trans>
        ) : (
          <Trans>เลือกไว้ {share} ของภาพ ส่วนอื่นจะคงเดิม</Trans>
        )}
      </p>
    </div>
  );
}
