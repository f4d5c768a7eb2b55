import { TriangleAlert } from "lucide-react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { warningsAt, type QuoteWarning, type WarningPlace } from "./warning-place.ts";

/** What the server advises about one thing, right beside it; nothing of it stops the job. */
export function WarningLines({
  warnings,
  place,
}: {
  warnings: readonly QuoteWarning[];
  /** Null = all of them. */
  place: WarningPlace | null;
}) {
  const { text } = useFormat();
  const shown = place === null ? warnings : warningsAt(warnings, place);
  if (shown.length === 0) return null;
  return (
    <ul className="space-y-1.5 py-1.5">
      {shown.map((warning) => (
        <li
          key={`${warning.code}-${warning.field ?? ""}`}
          className="flex items-start gap-2 text-caption text-warning"
        >
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 wrap-anywhere">{text(warning.message)}</span>
        </li>
      ))}
    </ul>
  );
}
