import { cx } from "./cx.ts";

/** `value` from 0 to 1; null = unknown, then the bar breathes instead of guessing. */
export function ProgressBar({ value, label }: { value: number | null; label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value === null ? {} : { "aria-valuenow": Math.round(value * 100) })}
      className="h-2 overflow-hidden rounded-pill bg-ink-3"
    >
      <div
        className={cx(
          "h-full origin-left rounded-pill bg-accent transition-transform duration-300",
          value === null && "animate-pulse",
        )}
        style={{ transform: `scaleX(${value ?? 0.35})` }}
      />
    </div>
  );
}
