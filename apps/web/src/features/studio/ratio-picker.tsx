import { Trans } from "@lingui/react/macro";
import { useId } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { cx } from "../../shared/ui/cx.ts";
import { deliveredSize, frameOfRatio, ratioValue } from "./frame-of-ratio.ts";
import type { Size } from "./painter/view-transform.ts";
import type { DraftHandle } from "./use-draft.ts";
import { WarningLines } from "./warning-lines.tsx";
import type { QuoteWarning } from "./warning-place.ts";

/** Longest side of a ratio's little shape, rem. */
const SHAPE_REM = 1.75;

/** The picture's new frame; the photo is never cut, the model draws what is added around it. */
export function RatioPicker({
  ratios,
  photo,
  handle: { draft, dispatch },
  warnings,
}: {
  ratios: Service["ratios"];
  /** Null = none chosen yet. */
  photo: Size | null;
  handle: DraftHandle;
  warnings: readonly QuoteWarning[];
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">
        <Trans>สัดส่วนภาพ</Trans>
      </legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(5rem,1fr))] gap-2">
        {ratios.map((ratio, index) => {
          const value = index === 0 ? null : ratio;
          const isChosen = draft.ratio === value;
          return (
            <label
              key={ratio}
              className={cx(
                "relative flex min-h-18 cursor-pointer flex-col items-center justify-end gap-1 rounded-control border px-1 pb-1 pt-2 text-center text-caption has-focus-visible:outline-2 has-focus-visible:outline-focus",
                isChosen ? "border-accent bg-ink-3 font-medium" : "border-control bg-ink-2",
              )}
            >
              <input
                type="radio"
                name={name}
                className="sr-only"
                checked={isChosen}
                onChange={() => dispatch({ kind: "ratioChosen", ratio: value })}
              />
              <Shape value={ratioValue(ratio) ?? shapeOf(photo)} isChosen={isChosen} />
              {ratioValue(ratio) === null ? <Trans>ตามภาพเดิม</Trans> : ratio}
            </label>
          );
        })}
      </div>
      {photo !== null && <FrameText photo={photo} ratio={draft.ratio} />}
      <WarningLines warnings={warnings} place={{ at: "ratio" }} />
    </fieldset>
  );
}

function shapeOf(photo: Size | null): number {
  return photo === null ? 4 / 3 : Math.min(Math.max(photo.width / photo.height, 0.4), 2.5);
}

function Shape({ value, isChosen }: { value: number; isChosen: boolean }) {
  const width = value >= 1 ? SHAPE_REM : SHAPE_REM * value;
  const height = value >= 1 ? SHAPE_REM / value : SHAPE_REM;
  return (
    <span aria-hidden className="flex h-7 items-center">
      <span
        className={cx(
          "block rounded-[3px] border-2",
          isChosen ? "border-accent bg-accent/25" : "border-text-3",
        )}
        style={{ width: `${width}rem`, height: `${height}rem` }}
      />
    </span>
  );
}

/** What the choice means for this photo. */
function FrameText({ photo, ratio }: { photo: Size; ratio: string | null }) {
  const { number } = useFormat();
  const frame = frameOfRatio(photo, ratio);
  const { width, height, isReduced } = deliveredSize(photo, ratio);
  const size = `${number(width)} × ${number(height)}`;
  const grows = frame.width > photo.width || frame.height > photo.height;
  return (
    <p className="mt-2 text-caption text-text-2" aria-live="polite">
      <Trans>ภาพที่ได้ {size} พิกเซล</Trans> {grows && <Trans>· ไม่ตัดภาพเดิม AI จะวาดเพิ่มรอบภาพ</Trans>}{" "}
      {isReduced && <Trans>· ย่อภาพลงให้ไม่เกิน 40 ล้านพิกเซล</Trans>}
    </p>
  );
}
