import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import type { MessageDescriptor } from "@lingui/core";
import { useId } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { cx } from "../../shared/ui/cx.ts";
import type { DraftHandle } from "./use-draft.ts";

/** What a mode is good for, in one line; a mode that is new to this page speaks by its title alone. */
const NOTES: Readonly<Record<string, MessageDescriptor>> = {
  fast: msg`ได้ภาพไว เหมาะกับการลองหลายแบบ`,
  quality: msg`รายละเอียดดีกว่า ใช้เวลานานกว่า`,
  aligned: msg`ภาพไม่เลื่อน ส่วนเดิมอยู่ตรงตำแหน่งเดิม`,
};

/** Fast, fine or aligned, each with its price and its usual time. */
export function ModePicker({
  modes,
  handle: { draft, dispatch },
}: {
  modes: Service["modes"];
  handle: DraftHandle;
}) {
  const name = useId();
  const chosenId = draft.mode ?? modes[0]?.id;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-label font-medium text-text-2">
        <Trans>โหมด</Trans>
      </legend>
      <div className="grid gap-2">
        {modes.map((mode) => (
          <ModeChoice
            key={mode.id}
            {...{ mode, name }}
            isChosen={mode.id === chosenId}
            onChoose={() => dispatch({ kind: "modeChosen", mode: mode.id })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function ModeChoice({
  mode,
  name,
  isChosen,
  onChoose,
}: {
  mode: Service["modes"][number];
  name: string;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const { i18n } = useLingui();
  const { text, number } = useFormat();
  const credits = number(mode.credits);
  const seconds = number(Math.round(mode.typicalSeconds));
  const note = NOTES[mode.id];
  return (
    <label
      className={cx(
        "relative flex min-h-12 cursor-pointer flex-col rounded-control border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-focus",
        isChosen ? "border-accent bg-ink-3" : "border-control bg-ink-2",
      )}
    >
      <input type="radio" name={name} className="sr-only" checked={isChosen} onChange={onChoose} />
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-label font-medium">{text(mode.title)}</span>{" "}
        <span className="text-caption text-text-2">
          <Trans>
            {credits} เครดิต · ราว {seconds} วินาที
          </Trans>
        </span>
      </span>{" "}
      {note !== undefined && <span className="text-caption text-text-3">{i18n._(note)}</span>}
    </label>
  );
}
