import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronDown, Search, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { flushSync } from "react-dom";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { cx } from "../../shared/ui/cx.ts";
import { OptionChoices } from "./option-choices.tsx";
import { areFewChoices, foundOptions, type OptionGroup } from "./search-options.ts";
import type { DraftHandle } from "./use-draft.ts";
import { WarningLines } from "./warning-lines.tsx";
import { warningsAt, type QuoteWarning } from "./warning-place.ts";

interface OptionPickerProps {
  readonly groups: readonly OptionGroup[];
  readonly handle: DraftHandle;
  readonly warnings: readonly QuoteWarning[];
}

/** The service's choices: all in sight when they are few, else folded by group, with a search. */
export function OptionPicker({ groups, handle, warnings }: OptionPickerProps) {
  return areFewChoices(groups) ? (
    <LaidOut {...{ groups, handle, warnings }} />
  ) : (
    <Folded {...{ groups, handle, warnings }} />
  );
}

function LaidOut({ groups, handle, warnings }: OptionPickerProps) {
  const { text } = useFormat();
  return (
    <div className="space-y-4">
      {groups.map((group) => (
        <fieldset key={group.id} className="min-w-0">
          <legend className="mb-1.5 text-label font-medium text-text-2">{text(group.title)}</legend>
          <OptionChoices group={group} handle={handle} />
          <WarningLines warnings={warnings} place={{ at: "option", group: group.id }} />
        </fieldset>
      ))}
    </div>
  );
}

function Folded({ groups, handle, warnings }: OptionPickerProps) {
  const [query, setQuery] = useState("");
  const [openId, setOpenId] = useState<string | null>(null);
  const isSearching = query.trim() !== "";
  const found = foundOptions(groups, query);
  const hasChosen = Object.keys(handle.draft.options).length > 0;
  const toggle = (groupId: string, header: HTMLElement) => {
    flushSync(() => setOpenId(openId === groupId ? null : groupId));
    // A group above that closes draws this one up, out of sight.
    header.closest("li")?.scrollIntoView({ block: "nearest" });
    header.scrollIntoView({ block: "nearest" });
  };
  return (
    <div>
      <div className="mb-2 flex flex-wrap gap-2">
        <SearchBox query={query} onQuery={setQuery} />
        {hasChosen && (
          <Button
            look="quiet"
            className="px-3!"
            onClick={() => handle.dispatch({ kind: "optionsCleared" })}
          >
            <Trans>ล้างที่เลือก</Trans>
          </Button>
        )}
      </div>
      <p role="status" className={cx("text-label text-text-2", found.length > 0 && "sr-only")}>
        {isSearching && <FoundText count={countChoices(found)} />}
      </p>
      <ul className="divide-y divide-hairline">
        {found.map((group) => (
          <FoldedGroup
            key={group.id}
            {...{ group, handle, warnings }}
            isOpen={isSearching || openId === group.id}
            onToggle={(header) => toggle(group.id, header)}
          />
        ))}
      </ul>
    </div>
  );
}

function countChoices(groups: readonly OptionGroup[]): number {
  return groups.reduce((sum, { choices }) => sum + choices.length, 0);
}

function FoundText({ count }: { count: number }) {
  const { number } = useFormat();
  const found = number(count);
  return count === 0 ? (
    <Trans>ไม่พบแบบที่ตรงกับคำนี้ ลองคำอื่น หรือพิมพ์บอกใน “คำสั่ง”</Trans>
  ) : (
    <Trans>พบ {found} แบบ</Trans>
  );
}

function SearchBox({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const { t } = useLingui();
  return (
    <label className="flex min-h-11 min-w-44 flex-1 items-center gap-2 rounded-control border border-control bg-ink-2 px-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus">
      <Search aria-hidden className="size-4 shrink-0 text-text-3" />
      <input
        type="search"
        value={query}
        aria-label={t`ค้นหาแบบ`}
        placeholder={t`ค้นหา เช่น ทะเล, ชุดไทย`}
        onChange={(event) => onQuery(event.target.value)}
        className="w-full min-w-0 bg-transparent text-body text-text-1 outline-none placeholder:text-text-3"
      />
    </label>
  );
}

/** A group's title with what is chosen in it, and its choices once it is opened. */
function FoldedGroup({
  group,
  handle,
  warnings,
  isOpen,
  onToggle,
}: {
  group: OptionGroup;
  handle: DraftHandle;
  warnings: readonly QuoteWarning[];
  isOpen: boolean;
  onToggle: (header: HTMLElement) => void;
}) {
  const { text } = useFormat();
  const id = useId();
  const chosenId = handle.draft.options[group.id];
  const chosen = group.choices.find((choice) => choice.id === chosenId);
  const place = { at: "option", group: group.id } as const;
  const isWarned = warningsAt(warnings, place).length > 0;
  return (
    <li>
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={(event) => onToggle(event.currentTarget)}
          className="flex min-h-12 w-full items-center gap-2 rounded-control px-1 text-left text-label hover:bg-ink-2 lg:min-h-11"
        >
          <span className="min-w-0 font-medium">{text(group.title)}</span>{" "}
          <span className="min-w-0 flex-1 truncate text-right text-accent">
            {chosen !== undefined && text(chosen.title)}
          </span>
          {isWarned && <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" />}
          <ChevronDown
            aria-hidden
            className={cx(
              "size-5 shrink-0 text-text-3 transition-transform",
              isOpen && "rotate-180",
            )}
          />
        </button>
      </h3>
      <WarningLines warnings={warnings} place={place} />
      <div
        id={id}
        hidden={!isOpen}
        role="group"
        aria-label={text(group.title)}
        className="pb-4 pt-1"
      >
        <OptionChoices group={group} handle={handle} />
      </div>
    </li>
  );
}
