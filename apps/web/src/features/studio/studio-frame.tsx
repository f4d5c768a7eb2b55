import type { ReactNode } from "react";
import { useIsLow } from "../../shared/lib/use-is-low.ts";
import { BESIDE, useMedia } from "../../shared/lib/use-media.ts";
import { cx } from "../../shared/ui/cx.ts";

/** Below this, photo, controls and button do not fit on one screen. */
const LOWEST_REM = 37.5;

/**
 * Picture, controls and button on one screen: stacked on a phone, with the button always above the
 * home indicator; side by side on a wide screen. However much stands above the button, the picture
 * keeps its room and the controls scroll. On a phone too low for that, the page scrolls under the
 * button.
 */
export function StudioFrame({
  stage,
  panel,
  bar,
  hidesPanelOnPhone = false,
  isPanelLarge = false,
}: {
  stage: ReactNode;
  panel: ReactNode;
  bar: ReactNode;
  hidesPanelOnPhone?: boolean;
  /** There is much to read on it: on a phone it takes more of the picture's room. */
  isPanelLarge?: boolean;
}) {
  const isBeside = useMedia(BESIDE);
  const isLow = useIsLow(LOWEST_REM);
  const scrolls = isLow && !isBeside;
  return (
    <div
      data-fits={scrolls ? undefined : true}
      className={cx(
        "grid grow grid-cols-[minmax(0,1fr)] beside:grid-cols-[minmax(0,1fr)_min(23.75rem,50%)] beside:grid-rows-[minmax(0,1fr)_auto]",
        scrolls
          ? "grid-rows-[auto_1fr_auto]"
          : "min-h-0 grid-rows-[minmax(min(12rem,30dvh),1fr)_minmax(0,auto)_auto] overflow-hidden",
      )}
    >
      <section
        className={cx(
          "relative bg-ink-0 beside:row-span-2",
          !scrolls && "min-h-0 overflow-y-auto",
          scrolls && !hidesPanelOnPhone && "h-[max(50dvh,14rem)]",
        )}
      >
        {stage}
      </section>
      <section
        className={cx(
          "page-x relative scroll-pt-20 border-hairline bg-ink-1 py-3 beside:max-h-none beside:border-l lg:py-5",
          hidesPanelOnPhone ? "hidden beside:block" : "stacked:rounded-t-sheet stacked:border-t",
          !scrolls && "min-h-0 overflow-y-auto [scrollbar-gutter:stable]",
          !scrolls && (isPanelLarge ? "max-h-[46dvh]" : "max-h-[40dvh]"),
        )}
      >
        {panel}
      </section>
      <section className="page-x safe-bottom sticky bottom-0 border-t border-hairline bg-ink-1 pt-2 beside:border-l">
        {bar}
      </section>
    </div>
  );
}
