import { Trans } from "@lingui/react/macro";
import { useId } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { cx } from "../../shared/ui/cx.ts";
import type { DraftHandle } from "./use-draft.ts";

/** Fast or fine, each with its price and its usual time. */
export function ModePicker({
  modes,
  handle: { draft, dispatch },
}: {
  modes: Service["modes"];
  handle: DraftHandle;
}) {
  const { text, number } = useFormat();
  const name = useId();
  const chosenId = draft.mode ?? modes[0]?.id;
  return (
    <fieldset>
      <legend className="mb-1.5 text-label font-medium text-text-2">
        <Trans>โหมด</Trans>
      </legend>
      <div className="flex flex-wrap gap-2 *:min-w-32 *:flex-1">
        {modes.map((mode) => {
          const credits = number(mode.credits);
          const seconds = number(Math.round(mode.typicalSeconds));
          return (
            <label
              key={mode.id}
              className={cx(
                "flex min-h-12 cursor-pointer flex-col rounded-control border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-focus",
                mode.id === chosenId ? "border-accent bg-ink-3" : "border-control bg-ink-2",
              )}
            >
              <input
                type="radio"
                name={name}
                className="sr-only"
                checked={mode.id === chosenId}
                onChange={() => dispatch({ kind: "modeChosen", mode: mode.id })}
              />
              <span className="text-label font-medium">{text(mode.title)}</span>
              <span className="text-caption text-text-2">
                <Trans>
                  {credits} เครดิต · ราว {seconds} วินาที
                </Trans>
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
