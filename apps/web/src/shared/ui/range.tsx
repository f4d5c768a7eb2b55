import type { ComponentProps, CSSProperties } from "react";

/** The filled part of a range's track; CSS cannot read its value. */
interface FilledStyle extends CSSProperties {
  "--filled": string;
}

/** A native range from `min` to `max` in our colours. */
export function Range({
  value,
  min,
  max,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "className" | "style"> & {
  value: number;
  min: number;
  max: number;
}) {
  const style: FilledStyle = { "--filled": `${((value - min) / (max - min)) * 100}%` };
  return (
    <input {...rest} type="range" className="ob-range" {...{ value, min, max }} style={style} />
  );
}
