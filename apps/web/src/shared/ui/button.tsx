import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

const LOOKS = {
  primary:
    "bg-accent text-on-accent font-semibold hover:bg-accent-hover disabled:bg-ink-3 disabled:text-text-2",
  plain:
    "bg-ink-3 text-text-1 border border-hairline hover:border-control aria-pressed:border-accent disabled:text-disabled disabled:hover:border-hairline",
  quiet:
    "text-text-2 hover:text-text-1 hover:bg-ink-2 aria-pressed:bg-ink-3 aria-pressed:text-text-1",
  danger: "bg-danger-solid text-white font-semibold",
} satisfies Record<ButtonLook, string>;

/** Shared by buttons and links that look like one. */
export function buttonClass(look: ButtonLook, extra?: string): string {
  return cx(
    "inline-flex min-h-12 items-center justify-center gap-2 rounded-control px-4 py-2 text-center text-label font-medium lg:min-h-11 [&>svg]:shrink-0",
    "disabled:cursor-not-allowed",
    LOOKS[look],
    extra,
  );
}

export function Button({
  look = "plain",
  icon,
  children,
  className,
  ...rest
}: ComponentProps<"button"> & { look?: ButtonLook; icon?: ReactNode }) {
  return (
    <button type="button" {...rest} className={buttonClass(look, className)}>
      {icon}
      {children}
    </button>
  );
}
