import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

/** A 44 px button with an icon; its name is spoken and shown on hover. */
export function IconButton({
  label,
  icon,
  isPressed,
  shortcut,
  className,
  ...rest
}: Omit<ComponentProps<"button">, "children"> & {
  label: string;
  icon: ReactNode;
  /** Set for toggles only. */
  isPressed?: boolean;
  /** Its key, as `aria-keyshortcuts` writes it. */
  shortcut?: string;
}) {
  const shownKey = shortcut?.replace("Control", "Ctrl").replace("Plus", "+");
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={shownKey === undefined ? label : `${label} (${shownKey})`}
      aria-keyshortcuts={shortcut}
      aria-pressed={isPressed}
      className={cx(
        "inline-flex size-[44px] shrink-0 items-center justify-center rounded-control",
        isPressed === true
          ? "bg-accent text-on-accent"
          : "text-text-1 hover:bg-ink-3 disabled:text-disabled disabled:hover:bg-transparent",
        "disabled:cursor-not-allowed",
        className,
      )}
    >
      {icon}
    </button>
  );
}
