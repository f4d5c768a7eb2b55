import { useEffect, useRef, useState, type RefObject } from "react";
import type { Painter } from "./painter.ts";
import { usePainter } from "./use-painter.ts";

const PREVIEW_MS = 900;

/**
 * The brush's true size: under the pointer for mouse and pen, in the middle while its slider moves,
 * never under a finger. White and black, so that it shows on any photo.
 */
export function BrushRing({
  stage,
  painter,
}: {
  stage: RefObject<HTMLElement | null>;
  painter: Painter;
}) {
  const ring = useRef<HTMLDivElement>(null);
  const { brushStep, view } = usePainter(painter);
  const [isOver, setIsOver] = useState(false);
  const isPreviewed = useRecentChange(brushStep, PREVIEW_MS);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    const follow = (event: PointerEvent) => {
      const isHidden = event.pointerType === "touch" || event.target !== element;
      setIsOver(!isHidden);
      const box = element.getBoundingClientRect();
      const x = event.clientX - box.left;
      const y = event.clientY - box.top;
      if (ring.current) ring.current.style.transform = `translate(${x}px, ${y}px)`;
    };
    element.addEventListener("pointermove", follow, { signal });
    element.addEventListener("pointerenter", follow, { signal });
    element.addEventListener("pointerleave", () => setIsOver(false), { signal });
    return () => listeners.abort();
  }, [stage]);
  const diameter = Math.max(4, painter.brushWidthPx * view.scale);
  const circle = (
    <div
      className="absolute rounded-pill border-[1.5px] border-white outline-[1.5px] outline-ink-0"
      style={{
        width: diameter,
        height: diameter,
        left: -diameter / 2,
        top: -diameter / 2,
        outlineStyle: "solid",
      }}
    />
  );
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      <div ref={ring} data-testid="brush-ring" hidden={!isOver} className="absolute left-0 top-0">
        {circle}
      </div>
      {isPreviewed && !isOver && <div className="absolute left-1/2 top-1/2">{circle}</div>}
    </div>
  );
}

/** True for a while after the value changed, never on the first draw. */
function useRecentChange(value: number, forMs: number): boolean {
  const [seen, setSeen] = useState(value);
  useEffect(() => {
    if (seen === value) return;
    const timer = setTimeout(() => setSeen(value), forMs);
    return () => clearTimeout(timer);
  }, [seen, value, forMs]);
  return seen !== value;
}
