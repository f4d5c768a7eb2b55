import { Trans, useLingui } from "@lingui/react/macro";
import { ImageOff, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Job } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { cx } from "../../shared/ui/cx.ts";
import { IconButton } from "../../shared/ui/icon-button.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { isTerminal } from "./job-state.ts";
import { STAGE_TEXTS } from "./stage-text.tsx";

/** One job in the list: its picture or what it waits for, when, and for how much. */
export function JobCard({
  job,
  linkTo,
  onDelete,
}: {
  job: Job;
  linkTo: (job: Job, content: ReactNode) => ReactNode;
  onDelete: () => void;
}) {
  const { i18n, t } = useLingui();
  const { dateTime, number, percent } = useFormat();
  const paid = number(job.credits);
  const stage = i18n._(STAGE_TEXTS[job.stage]);
  const when = dateTime(job.createdAt);
  return (
    <article className="overflow-hidden rounded-card border border-hairline bg-ink-1">
      {linkTo(
        job,
        <div className="relative flex aspect-4/3 items-center justify-center bg-ink-2 text-text-3">
          {job.result !== null ? (
            <img
              src={job.result.previewUrl}
              alt={t`ภาพที่ได้เมื่อ ${when}`}
              loading="lazy"
              className="size-full object-cover"
            />
          ) : isTerminal(job) ? (
            <ImageOff aria-hidden className="size-8" />
          ) : (
            <span className="flex items-center gap-3 px-4 text-label text-text-1">
              <Spinner className="text-accent" />
              {stage} {job.progress === null ? "" : percent(job.progress)}
            </span>
          )}
        </div>,
      )}
      <div className="flex items-center gap-2 py-2 pl-4 pr-2">
        <div className="min-w-0 grow">
          <p className={cx("text-label font-medium", job.status === "failed" && "text-danger")}>
            {stage}
          </p>
          <p className="text-caption text-text-3">
            {when} ·{" "}
            {job.refundedCredits > 0 ? <Trans>คืนเครดิตแล้ว</Trans> : <Trans>{paid} เครดิต</Trans>}
          </p>
        </div>
        {isTerminal(job) && (
          <IconButton
            label={t`ลบงานเมื่อ ${when}`}
            icon={<Trash2 className="size-5" />}
            onClick={onDelete}
          />
        )}
      </div>
    </article>
  );
}
