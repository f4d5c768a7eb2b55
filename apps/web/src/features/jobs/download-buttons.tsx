import { Trans } from "@lingui/react/macro";
import { Download } from "lucide-react";
import type { JobResult } from "@ob/api";
import { buttonClass } from "../../shared/ui/button.tsx";

const OTHER_FORMATS = [
  { format: "jpeg", name: "JPG" },
  { format: "webp", name: "WebP" },
] as const;

/** One tap for the exact picture, two more formats beside it. */
export function DownloadButtons({ result }: { result: JobResult }) {
  return (
    <div className="grid grid-cols-[1fr_auto_auto] gap-2">
      <a
        href={result.downloadUrl}
        download
        className={buttonClass("primary", "text-body")}
        data-testid="download"
      >
        <Download aria-hidden className="size-5" />
        <Trans>ดาวน์โหลด PNG</Trans>
      </a>
      {OTHER_FORMATS.map(({ format, name }) => (
        <a
          key={format}
          href={withFormat(result.downloadUrl, format)}
          download
          className={buttonClass("plain")}
        >
          {name}
        </a>
      ))}
    </div>
  );
}

function withFormat(downloadUrl: string, format: string): string {
  const url = new URL(downloadUrl);
  url.searchParams.set("format", format);
  return url.href;
}
