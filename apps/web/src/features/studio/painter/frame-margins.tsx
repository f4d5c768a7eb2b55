import { Trans } from "@lingui/react/macro";
import { cx } from "../../../shared/ui/cx.ts";
import type { Size, SourceRect, View } from "./view-transform.ts";

/** Room for the words in one line, and in three, in CSS px. */
const ONE_LINE_PX = { width: 170, height: 32 };
const THREE_LINES_PX = { width: 92, height: 76 };

/** The picture's new frame behind the photo: hatched where the model will draw. */
export function FrameMargins({
  frame,
  view,
  photo,
}: {
  frame: SourceRect;
  view: View;
  photo: Size;
}) {
  if (frame.width <= photo.width && frame.height <= photo.height) return null;
  const margin = {
    x: -frame.x * view.scale,
    y: -frame.y * view.scale,
  };
  const isAbove = margin.y > 0;
  const room = isAbove
    ? { width: frame.width * view.scale, height: margin.y }
    : { width: margin.x, height: frame.height * view.scale };
  const hasRoom = [ONE_LINE_PX, THREE_LINES_PX].some(
    ({ width, height }) => room.width >= width && room.height >= height,
  );
  return (
    <div
      data-testid="frame"
      className="hatched pointer-events-none absolute left-0 top-0 border border-dashed border-accent"
      style={{
        width: frame.width * view.scale,
        height: frame.height * view.scale,
        transform: `translate(${view.x + frame.x * view.scale}px, ${view.y + frame.y * view.scale}px)`,
      }}
    >
      <span
        className={cx(
          "absolute flex items-center justify-center px-1 text-center text-caption text-text-1",
          isAbove ? "inset-x-0 top-0" : "inset-y-0 left-0",
          !hasRoom && "sr-only",
        )}
        style={isAbove ? { height: margin.y } : { width: margin.x }}
      >
        <span className="rounded-control bg-ink-0/80 px-2 py-0.5">
          <Trans>AI จะวาดเพิ่มตรงนี้</Trans>
        </span>
      </span>
    </div>
  );
}
