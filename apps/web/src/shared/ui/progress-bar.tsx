/** `value` from 0 to 1; null = unknown, then the track stays empty: no part of it is claimed done. */
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
        className="h-full origin-left rounded-pill bg-accent transition-transform duration-300"
        style={{ transform: `scaleX(${value ?? 0})` }}
      />
    </div>
  );
}
