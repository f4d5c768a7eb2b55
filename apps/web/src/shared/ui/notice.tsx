import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type NoticeKind = "info" | "success" | "warning" | "danger";

const COLOURS = {
  info: "text-info",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
} satisfies Record<NoticeKind, string>;

/** A line that tells the user something; a danger speaks up, the others wait. */
export function Notice({
  kind,
  children,
  action,
}: {
  kind: NoticeKind;
  children: ReactNode;
  action?: ReactNode;
}) {
  const Icon = kind === "success" ? CircleCheck : kind === "info" ? Info : CircleAlert;
  return (
    <div
      role={kind === "danger" ? "alert" : "status"}
      className="flex items-start gap-3 rounded-card border border-hairline bg-ink-2 px-4 py-3 text-label"
    >
      <Icon aria-hidden className={cx("mt-0.5 size-5 shrink-0", COLOURS[kind])} />
      <div className="min-w-0 grow text-text-1">{children}</div>
      {action !== undefined && <div className="-my-2 shrink-0 whitespace-nowrap">{action}</div>}
    </div>
  );
}
