import { LoaderCircle } from "lucide-react";
import { cx } from "./cx.ts";

/** A turning circle; decoration, the words beside it say what is awaited. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cx("size-5 animate-spin", className)} />;
}
