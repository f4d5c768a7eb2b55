import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Job, JobResult, Service } from "@ob/api";
import { trpc } from "../../shared/api/trpc.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";
import { newUuid } from "../../shared/lib/new-uuid.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { CancelButton } from "./cancel-button.tsx";
import { CompareSlider, ResultPicture } from "./compare-slider.tsx";
import { DonePanel } from "./done-panel.tsx";
import { DownloadButtons } from "./download-buttons.tsx";
import { JobProgress } from "./job-progress.tsx";
import { isTerminal } from "./job-state.ts";
import { JobSummary } from "./job-summary.tsx";
import { STAGE_TEXTS } from "./stage-text.tsx";
import { useLiveJob } from "./use-live-job.ts";
import { useRetryJob } from "./use-retry-job.ts";

/** The three parts of a screen, to be laid out by whoever shows the job. */
export interface JobParts {
  readonly stage: ReactNode;
  readonly panel: ReactNode;
  readonly bar: ReactNode;
}

export interface JobScreenProps {
  readonly jobId: string;
  readonly service: Service;
  /** Name of the tab without what the job does. */
  readonly title: string;
  /** The photo it was made from; null where this browser no longer has it, undefined while it looks. */
  readonly before: { readonly url: string } | null | undefined;
  /** Photo and mask, shown while there is no result. */
  readonly waitingStage: ReactNode;
  /** Null = what it was made from is gone. */
  readonly onEditAgain: (() => void) | null;
  /** Opens the result in the editor. @throws {Error} when that did not work; then the job stays on screen. */
  readonly onUseResult: (job: Job, result: JobResult) => Promise<void>;
  readonly onRetried: (job: Job) => void;
  readonly onLeave: () => void;
  readonly children: (parts: JobParts) => ReactNode;
}

/** One job from the queue to the finished picture. */
export function JobScreen(props: JobScreenProps) {
  const { job, error, connection } = useLiveJob(props.jobId);
  useJobTitle(job, props.title);
  return (
    <>
      {props.children(partsOf(props, { job, error, connection }))}
      <JobNews job={job} />
    </>
  );
}

/** Tells assistive technology every stage and quarter; there from the start, so that changes are heard. */
function JobNews({ job }: { job: Job | null }) {
  const { i18n } = useLingui();
  const { percent } = useFormat();
  const quarter = Math.floor((job?.progress ?? 0) * 4) / 4;
  return (
    <p role="status" className="sr-only" data-testid="job-news">
      {job !== null && i18n._(STAGE_TEXTS[job.stage])}
      {job !== null && !isTerminal(job) && quarter > 0 && ` ${percent(quarter)}`}
    </p>
  );
}

function partsOf(props: JobScreenProps, live: ReturnType<typeof useLiveJob>): JobParts {
  const { job, error } = live;
  const stage = props.waitingStage;
  if (job === null && error !== null) {
    return { stage, panel: <Refused error={error} />, bar: <LeaveButton {...props} /> };
  }
  if (job === null) return { stage, panel: <Connecting />, bar: <LeaveButton {...props} /> };
  if (!isTerminal(job)) {
    const panel = (
      <>
        <JobProgress job={job} connection={live.connection} />
        <JobSummary job={job} service={props.service} />
      </>
    );
    return { stage, panel, bar: <CancelButton job={job} /> };
  }
  if (job.result !== null) {
    return {
      stage: <ResultStage job={job} result={job.result} before={props.before} />,
      panel: <DonePanel {...props} job={job} result={job.result} />,
      bar: <DownloadButtons result={job.result} />,
    };
  }
  const panel = (
    <>
      <FailedPanel job={job} />
      <JobSummary job={job} service={props.service} />
    </>
  );
  return { stage, panel, bar: <FailedBar {...props} job={job} /> };
}

/** Up to this a result is shown in full on any screen. */
const LIGHT_BYTES = 3_000_000;

function ResultStage({
  job,
  result,
  before,
}: {
  job: Job;
  result: JobResult;
  before: JobScreenProps["before"];
}) {
  const beforeUrl = useBeforeUrl(job, before);
  // Losslessly a 12 MP picture weighs 20 MB; a small screen shows no more than the preview has.
  const showsFull = result.bytes <= LIGHT_BYTES || window.matchMedia("(min-width: 64rem)").matches;
  const after = showsFull
    ? { url: result.url, previewUrl: result.previewUrl }
    : { url: result.previewUrl, previewUrl: null };
  if (beforeUrl === null) return <ResultPicture picture={after} />;
  return (
    <CompareSlider
      before={{ url: beforeUrl, previewUrl: null }}
      after={after}
      ratio={result.width / result.height}
    />
  );
}

/** This browser's own copy, else the server's preview; null while there is neither. */
function useBeforeUrl(job: Job, before: JobScreenProps["before"]): string | null {
  const asset = trpc.assets.get.useQuery(
    { assetId: job.input.imageAssetId },
    { enabled: before === null, staleTime: 1_800_000 },
  );
  return before?.url ?? asset.data?.previewUrl ?? null;
}

function FailedPanel({ job }: { job: Job }) {
  const { text, number } = useFormat();
  const credits = number(job.refundedCredits);
  return (
    <div className="space-y-3" data-testid="job-failed">
      <ScreenTitle level="h2" className="text-title-s font-semibold">
        {job.status === "cancelled" ? <Trans>ยกเลิกแล้ว</Trans> : <Trans>แก้ภาพไม่สำเร็จ</Trans>}
      </ScreenTitle>
      {job.error !== null && <Notice kind="danger">{text(job.error.message)}</Notice>}
      {job.refundedCredits > 0 && (
        <Notice kind="success">
          <Trans>คืน {credits} เครดิตให้แล้ว</Trans>
        </Notice>
      )}
      {job.error === null && (
        <p className="text-label text-text-2">
          <Trans>ภาพและส่วนที่ระบายยังอยู่ครบ ลองอีกครั้งได้โดยไม่ต้องระบายซ้ำ</Trans>
        </p>
      )}
    </div>
  );
}

function FailedBar({ job, onEditAgain, onLeave, onRetried }: JobScreenProps & { job: Job }) {
  const { number } = useFormat();
  const { retry, isPending, error } = useRetryJob({ jobId: job.id, newId: newUuid, onRetried });
  const credits = number(job.credits);
  return (
    <div>
      {error !== null && (
        <p role="alert" className="mb-1.5 text-caption text-danger">
          <ErrorText error={error} />
        </p>
      )}
      <div className="flex flex-wrap gap-2 *:grow">
        <Button onClick={onEditAgain ?? onLeave}>
          <Trans>กลับไปแก้</Trans>
        </Button>
        <Button look="primary" className="text-body" disabled={isPending} onClick={retry}>
          <Trans>ลองอีกครั้ง · ใช้ {credits} เครดิต</Trans>
        </Button>
      </div>
    </div>
  );
}

function LeaveButton({ onLeave }: Pick<JobScreenProps, "onLeave">) {
  return (
    <Button className="w-full" onClick={onLeave}>
      <Trans>กลับไปสตูดิโอ</Trans>
    </Button>
  );
}

function Refused({ error }: { error: unknown }) {
  return (
    <div className="space-y-3" data-testid="job-refused">
      <ScreenTitle level="h2" className="text-title-s font-semibold">
        <Trans>เปิดงานนี้ไม่ได้</Trans>
      </ScreenTitle>
      <Notice kind="danger">
        <ErrorText error={error} />
      </Notice>
    </div>
  );
}

function Connecting() {
  return (
    <p role="status" className="flex items-center gap-3 text-text-2">
      <Spinner />
      <Trans>กำลังเปิดงาน</Trans>
    </p>
  );
}

function useJobTitle(job: Job | null, title: string): void {
  const { t } = useLingui();
  const done = t`✓ เสร็จแล้ว`;
  const working = t`กำลังแก้ภาพ`;
  const prefix =
    job === null ? null : job.status === "done" ? done : isTerminal(job) ? null : working;
  useDocumentTitle(prefix === null ? title : `${prefix} · ${title}`);
}
