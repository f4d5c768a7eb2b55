import { useFormat } from "../../shared/i18n/use-format.ts";
import { cx } from "../../shared/ui/cx.ts";
import type { OptionGroup } from "./search-options.ts";
import type { DraftHandle } from "./use-draft.ts";

/** The choices of one group; the chosen one pressed again is let go. */
export function OptionChoices({
  group,
  handle: { draft, dispatch },
}: {
  group: OptionGroup;
  handle: DraftHandle;
}) {
  const { text } = useFormat();
  return (
    <div className="flex flex-wrap gap-2">
      {group.choices.map((choice) => {
        const isChosen = draft.options[group.id] === choice.id;
        return (
          <button
            key={choice.id}
            type="button"
            aria-pressed={isChosen}
            onClick={() =>
              dispatch({
                kind: "optionChosen",
                group: group.id,
                choice: isChosen ? null : choice.id,
              })
            }
            className={cx(
              "min-h-11 rounded-pill border px-4 py-1.5 text-label",
              isChosen
                ? "border-accent bg-accent font-medium text-on-accent"
                : "border-control bg-ink-2 text-text-1 hover:bg-ink-3",
            )}
          >
            {text(choice.title)}
          </button>
        );
      })}
    </div>
  );
}
