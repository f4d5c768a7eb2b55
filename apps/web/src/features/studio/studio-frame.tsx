import type { ReactNode } from "react";
import { useIsLow } from "../../shared/lib/use-is-low.ts";
import { useMedia, WIDE } from "../../shared/lib/use-media.ts";
import { cx } from "../../shared/ui/cx.ts";

/** Below this, photo, controls and button do not fit on one screen. */
const LOWEST_REM = 37.5;

/**
 * Picture, controls and button on one screen: stacked on a phone, with the button always above the
 * home indicator; side by side on a wide screen. On a phone too low for that, the page scrolls
 * under the button.
 */
export function StudioFrame({
  stage,
  panel,
  bar,
  hidesPanelOnPhone = false,
}: {
  stage: ReactNode;
  panel: ReactNode;
  bar: ReactNode;
  hidesPanelOnPhone?: boolean;
}) {
  const isWide = useMedia(WIDE);
  const isLow = useIsLow(LOWEST_REM);
  const scrolls = isLow && !isWide;
  return (
    <div
      data-fits={scrolls ? undefined : true}
      className={cx(
        "grid grow grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_min(23.75rem,50%)] lg:grid-rows-[minmax(0,1fr)_auto]",
        scrolls
          ? "grid-rows-[auto_1fr_auto]"
          : "min-h-0 grid-rows-[minmax(0,1fr)_auto_auto] overflow-hidden",
      )}
    >
      <section
        className={cx(
          "relative bg-ink-0 lg:row-span-2",
          !scrolls && "min-h-0 overflow-y-auto",
          scrolls && !hidesPanelOnPhone && "h-[max(50dvh,14rem)]",
        )}
      >
        {stage}
      </section>
      <section
        className={cx(
          "page-x border-hairline bg-ink-1 py-3 lg:max-h-none lg:border-l lg:py-5",
          hidesPanelOnPhone ? "hidden lg:block" : "max-lg:rounded-t-sheet max-lg:border-t",
          !scrolls && "max-h-[40dvh] min-h-0 overflow-y-auto [scrollbar-gutter:stable]",
        )}
      >
        {panel}
      </section>
      <section className="page-x safe-bottom sticky bottom-0 border-t border-hairline bg-ink-1 pt-2 lg:border-l">
        {bar}
      </section>
    </div>
  );
}
