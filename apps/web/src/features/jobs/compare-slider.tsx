import { Trans, useLingui } from "@lingui/react/macro";
import { MoveHorizontal } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";

export interface ComparedPicture {
  readonly url: string;
  /** Shown until `url` has loaded; null = nothing smaller. */
  readonly previewUrl: string | null;
}

/**
 * Before and after in one frame; what was drawn around the photo is hatched in the picture before. The handle is a native range, so dragging, tapping and arrow keys
 * all work; two buttons show either side whole.
 */
export function CompareSlider({
  before,
  after,
  ratio,
}: {
  before: ComparedPicture;
  after: ComparedPicture;
  /** Width / height of the result; a photo of another shape lies in its middle. */
  ratio: number;
}) {
  const { t } = useLingui();
  const { percent } = useFormat();
  const [shown, setShown] = useState(50);
  const shownText = percent(shown / 100);
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-3">
      <div className="@container-size flex min-h-0 w-full flex-1 items-center justify-center">
        <figure
          className="relative overflow-hidden rounded-card bg-ink-2 focus-within:outline-2 focus-within:outline-focus"
          style={{ aspectRatio: ratio, width: `min(100cqw, ${100 * ratio}cqh)` }}
        >
          <Picture picture={after} name={t`ภาพหลังแก้`} />
          <div
            className="hatched absolute inset-0"
            style={{ clipPath: `inset(0 ${100 - shown}% 0 0)` }}
          >
            <Picture picture={before} name={t`ภาพก่อนแก้`} />
          </div>
          <div
            aria-hidden
            className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow-sheet"
            style={{ left: `${shown}%` }}
          >
            <span className="glass-tool absolute left-1/2 top-1/2 flex size-11 -translate-1/2 items-center justify-center rounded-pill">
              <MoveHorizontal className="size-5" />
            </span>
          </div>
          <input
            type="range"
            min={0}
            max={100}
            value={shown}
            aria-label={t`เลื่อนเทียบก่อนและหลัง`}
            aria-valuetext={t`เห็นภาพก่อนแก้ ${shownText}`}
            onChange={(event) => setShown(Number(event.target.value))}
            className="absolute inset-0 size-full cursor-ew-resize touch-pan-y opacity-0"
          />
        </figure>
      </div>
      <div className="glass-tool flex flex-wrap justify-center rounded-card p-0.5">
        <Button look="quiet" aria-pressed={shown === 100} onClick={() => setShown(100)}>
          <Trans>ก่อน</Trans>
        </Button>
        <Button look="quiet" aria-pressed={shown === 50} onClick={() => setShown(50)}>
          <Trans>เทียบ</Trans>
        </Button>
        <Button look="quiet" aria-pressed={shown === 0} onClick={() => setShown(0)}>
          <Trans>หลัง</Trans>
        </Button>
      </div>
    </div>
  );
}

/** The result alone, where this browser no longer has the photo it was made from. */
export function ResultPicture({ picture }: { picture: ComparedPicture }) {
  const { t } = useLingui();
  return (
    <div className="absolute inset-3">
      <Picture picture={picture} name={t`ภาพหลังแก้`} />
    </div>
  );
}

function Picture({ picture, name }: { picture: ComparedPicture; name: string }) {
  const [isLoaded, setIsLoaded] = useState(false);
  const className = "absolute inset-0 size-full object-contain";
  return (
    <>
      {picture.previewUrl !== null && !isLoaded && (
        <img src={picture.previewUrl} alt="" draggable={false} className={className} />
      )}
      <img
        src={picture.url}
        alt={name}
        draggable={false}
        decoding="async"
        onLoad={() => setIsLoaded(true)}
        className={className}
        style={picture.previewUrl === null || isLoaded ? {} : { visibility: "hidden" }}
      />
    </>
  );
}
