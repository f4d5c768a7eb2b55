import { useLingui } from "@lingui/react/macro";
import type { KeyboardEvent } from "react";
import { cx } from "../../shared/ui/cx.ts";

/** Tabs as the ARIA pattern wants them: one stop of Tab, arrows, Home and End move between them. */
export function PanelTabs<Id extends string>({
  tabs,
  chosen,
  onChoose,
  idPrefix,
}: {
  tabs: readonly { readonly id: Id; readonly name: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
  /** A tab's id is `<prefix>-<id>-tab`, its panel's `<prefix>-<id>`. */
  idPrefix: string;
}) {
  const { t } = useLingui();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[targetIndex(event.key, { at, count: tabs.length }) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.id);
    document.getElementById(`${idPrefix}-${next.id}-tab`)?.focus();
  };
  return (
    // Covers what scrolls away under it, up to the panel's edge.
    <div className="bg-ink-1 pb-3 stacked:sticky stacked:-top-3 stacked:z-10 stacked:-mt-3 stacked:pt-3">
      <div
        role="tablist"
        aria-label={t`ขั้นตอน`}
        className="flex flex-wrap gap-1 rounded-control bg-ink-0 p-1 *:flex-1"
      >
        {tabs.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${idPrefix}-${id}-tab`}
            aria-selected={chosen === id}
            aria-controls={`${idPrefix}-${id}`}
            tabIndex={chosen === id ? 0 : -1}
            onClick={() => onChoose(id)}
            onKeyDown={onKeyDown}
            className={cx(
              "min-h-11 rounded-control px-2 text-label whitespace-nowrap",
              chosen === id ? "bg-ink-3 font-medium text-text-1" : "text-text-2",
            )}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Which tab a key leads to; null for other keys. */
export function targetIndex(
  key: string,
  { at, count }: { at: number; count: number },
): number | null {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
