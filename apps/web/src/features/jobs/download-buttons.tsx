import { Trans } from "@lingui/react/macro";
import { Download } from "lucide-react";
import type { JobResult } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { buttonClass } from "../../shared/ui/button.tsx";
import { formatsFor, withFormat, type PictureFormat } from "./picture-format.ts";

const NAMES = { jpeg: "JPG", webp: "WebP" } satisfies Record<PictureFormat, string>;

/** One tap for the exact picture, two more formats beside it. */
export function DownloadButtons({ result }: { result: JobResult }) {
  const { bytes } = useFormat();
  const weight = bytes(result.bytes);
  return (
    <div className="flex flex-wrap gap-2">
      <a
        href={result.downloadUrl}
        download
        className={buttonClass("primary", "grow basis-40 flex-wrap gap-y-0 px-3! text-body")}
        data-testid="download"
      >
        <Download aria-hidden className="size-5" />
        <Trans>ดาวน์โหลด PNG</Trans>
        <span className="text-caption font-normal">{weight}</span>
      </a>
      {formatsFor(result).map((format) => (
        <a
          key={format}
          href={withFormat(result.downloadUrl, format)}
          download
          className={buttonClass("plain", "grow px-3! sm:grow-0")}
        >
          {NAMES[format]}
        </a>
      ))}
    </div>
  );
}
