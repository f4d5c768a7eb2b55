import type { ReactNode } from "react";
import { cx } from "../../shared/ui/cx.ts";

/**
 * Picture, controls and button on one screen: stacked on a phone, with the button always above the
 * home indicator; side by side on a wide screen.
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
  return (
    <div className="flex h-[calc(100dvh-3.5rem)] flex-col overflow-hidden lg:flex-row">
      <section className="relative min-h-0 flex-1 overflow-y-auto bg-ink-0">{stage}</section>
      <section
        className={cx(
          "flex shrink-0 flex-col rounded-t-sheet border-t border-hairline bg-ink-1 lg:w-[380px] lg:rounded-none lg:border-l lg:border-t-0",
          hidesPanelOnPhone ? "lg:h-full" : "max-h-[56%] lg:h-full lg:max-h-none",
        )}
      >
        <div
          className={cx(
            "page-x min-h-0 flex-1 overflow-y-auto py-3 [scrollbar-gutter:stable] lg:py-5",
            hidesPanelOnPhone && "hidden lg:block",
          )}
        >
          {panel}
        </div>
        <div className="page-x safe-bottom shrink-0 border-t border-hairline pt-2">{bar}</div>
      </section>
    </div>
  );
}
