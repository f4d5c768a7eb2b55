import { Trans } from "@lingui/react/macro";
import { Download } from "lucide-react";
import type { JobResult } from "@ob/api";
import { buttonClass } from "../../shared/ui/button.tsx";
import { MAX_SIDE_PX, withFormat } from "./picture-format.ts";

const OTHER_FORMATS = [
  { format: "jpeg", name: "JPG" },
  { format: "webp", name: "WebP" },
] as const;

/** One tap for the exact picture, two more formats beside it. */
export function DownloadButtons({ result }: { result: JobResult }) {
  const longest = Math.max(result.width, result.height);
  const others = OTHER_FORMATS.filter(({ format }) => longest <= MAX_SIDE_PX[format]);
  return (
    <div className="flex flex-wrap gap-2">
      <a
        href={result.downloadUrl}
        download
        className={buttonClass("primary", "grow text-body whitespace-nowrap")}
        data-testid="download"
      >
        <Download aria-hidden className="size-5" />
        <Trans>ดาวน์โหลด PNG</Trans>
      </a>
      {others.map(({ format, name }) => (
        <a
          key={format}
          href={withFormat(result.downloadUrl, format)}
          download
          className={buttonClass("plain", "grow sm:grow-0")}
        >
          {name}
        </a>
      ))}
    </div>
  );
}
