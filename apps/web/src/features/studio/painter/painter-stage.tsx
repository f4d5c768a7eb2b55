import { useLingui } from "@lingui/react/macro";
import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useFormat } from "../../../shared/i18n/use-format.ts";
import { BESIDE } from "../../../shared/lib/use-media.ts";
import { cx } from "../../../shared/ui/cx.ts";
import type { PhotoInWork } from "../draft.ts";
import { frameOfRatio } from "../frame-of-ratio.ts";
import { BrushRing } from "./brush-ring.tsx";
import { FrameMargins } from "./frame-margins.tsx";
import { listenToGestures, type GestureListening } from "./listen-to-gestures.ts";
import { MaskSurface, releaseCanvas } from "./mask-surface.ts";
import { openPicture, workingSize } from "./open-picture.ts";
import { usePainterKeys } from "./use-painter-keys.ts";
import { usePainter } from "./use-painter.ts";

/** The photo with its mask over it: painted on while `isActive`, only shown otherwise. */
export function PainterStage({
  work,
  isActive,
  toolbar = null,
  ratio = null,
}: {
  work: PhotoInWork;
  isActive: boolean;
  /** Of the picture to come; null = the photo's own. */
  ratio?: string | null;
  /** What floats over the stage's upper or left edge; its keys are the painter's too. */
  toolbar?: RefObject<HTMLElement | null> | null;
}) {
  const { t } = useLingui();
  const { number, percent } = useFormat();
  const { photo, painter } = work;
  const { coverage, view } = usePainter(painter);
  const stage = useRef<HTMLDivElement>(null);
  const gestures = useRef<GestureListening | null>(null);
  const { photoCanvas, maskCanvas, isOpen } = useCanvases(work);
  useStageSize({ stage, toolbar, painter });
  const frame = useMemo(() => frameOfRatio(photo, ratio), [photo, ratio]);
  useEffect(() => painter.setFrame(frame), [painter, frame]);
  useEffect(() => {
    if (!isActive || stage.current === null) return;
    const listening = listenToGestures(stage.current, painter);
    gestures.current = listening;
    return () => {
      gestures.current = null;
      listening.stop();
    };
  }, [painter, isActive]);
  usePainterKeys({ stage, toolbar, gestures, painter, isActive });
  const working = workingSize(photo);
  // Rounded to whole pixels, the working copy of a very narrow photo has another shape.
  const scaleX = (view.scale * photo.width) / working.width;
  const scaleY = (view.scale * photo.height) / working.height;
  const size = `${number(photo.width)} × ${number(photo.height)}`;
  const selected = coverage > 0 && coverage < 0.01 ? t`ไม่ถึง 1%` : percent(coverage);
  return (
    <div
      ref={stage}
      // Strokes, zoom and brush size have keys, and they need a place to be typed.
      {...(isActive ? { tabIndex: 0, role: "application", "aria-label": t`พื้นที่ระบาย` } : {})}
      aria-busy={!isOpen}
      data-testid="painter-stage"
      className={cx(
        "absolute inset-0 select-none overflow-hidden",
        isActive && "cursor-crosshair touch-none",
      )}
    >
      <FrameMargins {...{ frame, view, photo }} />
      <div
        role="img"
        aria-label={t`ภาพต้นฉบับ ${size} · เลือกไว้ ${selected}`}
        data-testid="photo"
        className="pointer-events-none absolute left-0 top-0 origin-top-left shadow-sheet"
        style={{
          width: working.width,
          height: working.height,
          transform: `translate(${view.x}px, ${view.y}px) scale(${scaleX}, ${scaleY})`,
        }}
      >
        <canvas ref={photoCanvas} className="absolute inset-0 size-full bg-ink-2" />
        <canvas
          ref={maskCanvas}
          data-testid="mask-canvas"
          className="absolute inset-0 size-full opacity-55"
        />
      </div>
      {isActive && <BrushRing stage={stage} painter={painter} />}
    </div>
  );
}

function useCanvases({ photo, painter }: PhotoInWork) {
  const photoCanvas = useRef<HTMLCanvasElement>(null);
  const maskCanvas = useRef<HTMLCanvasElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const shown = photoCanvas.current;
    const mask = maskCanvas.current;
    if (shown === null || mask === null) return;
    setIsOpen(false);
    painter.attach(new MaskSurface(mask, { working: workingSize(photo), picture: photo }));
    let isWanted = true;
    void openPicture(shown, photo.blob)
      .catch(() => null)
      .then(() => isWanted && setIsOpen(true));
    return () => {
      isWanted = false;
      painter.detach();
      releaseCanvas(shown);
    };
  }, [photo, painter]);
  return { photoCanvas, maskCanvas, isOpen };
}

function useStageSize({
  stage,
  toolbar,
  painter,
}: {
  stage: RefObject<HTMLDivElement | null>;
  toolbar: RefObject<HTMLElement | null> | null;
  painter: PhotoInWork["painter"];
}) {
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const bar = toolbar?.current ?? null;
    const measure = () => {
      const isBeside = window.matchMedia(BESIDE).matches;
      const { offsetLeft = 0, offsetTop = 0, offsetWidth = 0, offsetHeight = 0 } = bar ?? {};
      painter.resizeStage({
        width: element.clientWidth,
        height: element.clientHeight,
        insetTop: isBeside ? 0 : offsetTop + offsetHeight,
        insetLeft: isBeside ? offsetLeft + offsetWidth : 0,
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (bar !== null) observer.observe(bar);
    measure();
    return () => observer.disconnect();
  }, [stage, toolbar, painter]);
}
