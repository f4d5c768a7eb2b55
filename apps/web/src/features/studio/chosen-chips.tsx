import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import type { DraftHandle } from "./use-draft.ts";

/** What is chosen, in one line near the price; a tap takes it away again. */
export function ChosenChips({
  service,
  handle: { draft, dispatch },
}: {
  service: Service;
  handle: DraftHandle;
}) {
  const { t } = useLingui();
  const { text } = useFormat();
  const chosen = service.options.flatMap((group) =>
    group.choices
      .filter(({ id }) => id === draft.options[group.id])
      .map(({ title }) => ({ id: group.id, group: text(group.title), choice: text(title) })),
  );
  if (chosen.length === 0) return null;
  return (
    <ul
      aria-label={t`แบบที่เลือกไว้`}
      className="-mx-1 flex gap-2 overflow-x-auto px-1 [scrollbar-width:none] not-lg:beside:hidden"
    >
      {chosen.map(({ id, group, choice }) => (
        <li key={id} className="shrink-0">
          <button
            type="button"
            aria-label={t`เอาออก: ${group} ${choice}`}
            onClick={() => dispatch({ kind: "optionChosen", group: id, choice: null })}
            className="group inline-flex min-h-11 items-center text-caption"
          >
            <span className="inline-flex items-center gap-1 rounded-pill border border-hairline bg-ink-3 py-1 pl-3 pr-2 group-hover:border-control">
              {choice}
              <X aria-hidden className="size-4 text-text-3" />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
