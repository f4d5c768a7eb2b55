import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Range } from "../../shared/ui/range.tsx";
import type { DraftHandle } from "./use-draft.ts";

/** The service's numbers, each with its value and a way back to the usual one. */
export function ParamSliders({
  params,
  handle,
}: {
  params: Service["params"];
  handle: DraftHandle;
}) {
  return (
    <div className="space-y-2">
      {params.map((param) => (
        <ParamSlider key={param.id} param={param} handle={handle} />
      ))}
    </div>
  );
}

function ParamSlider({
  param,
  handle: { draft, dispatch },
}: {
  param: Service["params"][number];
  handle: DraftHandle;
}) {
  const { t } = useLingui();
  const { text, number } = useFormat();
  const id = useId();
  const { min, max, step } = param;
  const value = draft.params[param.id] ?? param.default;
  const title = text(param.title);
  const set = (next: number | null) =>
    dispatch({ kind: "paramSet", param: param.id, value: next === param.default ? null : next });
  return (
    <div>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3">
        <label htmlFor={id} className="grow text-label font-medium text-text-2">
          {title}
        </label>
        <output htmlFor={id} className="text-label tabular-nums">
          {number(value)}
        </output>
        <Button
          look="quiet"
          className="px-2!"
          disabled={value === param.default}
          aria-label={t`${title}: กลับเป็นค่าปกติ`}
          onClick={() => set(null)}
        >
          <Trans>ค่าปกติ</Trans>
        </Button>
      </div>
      <Range
        id={id}
        {...{ min, max, step, value }}
        onChange={(event) => set(onStep(Number(event.target.value), param))}
      />
    </div>
  );
}

/** The nearest value the service accepts, free of binary dust such as 0.15000000000000002. */
export function onStep(
  value: number,
  { min, max, step }: Pick<Service["params"][number], "min" | "max" | "step">,
): number {
  const stepped = min + Math.round((value - min) / step) * step;
  return Number(Math.min(Math.max(stepped, min), max).toFixed(6));
}
