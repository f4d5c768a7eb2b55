import type { ComponentProps, CSSProperties } from "react";
import { cx } from "./cx.ts";

/** The filled part of a range's track; CSS cannot read its value. */
interface FilledStyle extends CSSProperties {
  "--filled": string;
}

/** A native range from `min` to `max` in our colours. */
export function Range({
  value,
  min,
  max,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "style"> & {
  value: number;
  min: number;
  max: number;
}) {
  const style: FilledStyle = { "--filled": `${((value - min) / (max - min)) * 100}%` };
  return (
    <input
      {...rest}
      type="range"
      className={cx("ob-range", className)}
      {...{ value, min, max }}
      style={style}
    />
  );
}
