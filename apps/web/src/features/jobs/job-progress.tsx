import { Trans, useLingui } from "@lingui/react/macro";
import type { Job } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { useServerClock } from "../../shared/api/clock-context.tsx";
import { useNow } from "../../shared/lib/use-now.ts";
import { ProgressBar } from "../../shared/ui/progress-bar.tsx";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { STAGE_TEXTS } from "./stage-text.tsx";
import type { LiveJob } from "./use-live-job.ts";

/** A job on its way: stage, place in the queue, time, real steps; nothing is guessed. */
export function JobProgress({ job, connection }: { job: Job; connection: LiveJob["connection"] }) {
  const { i18n, t } = useLingui();
  const { percent } = useFormat();
  const stage = i18n._(STAGE_TEXTS[job.stage]);
  return (
    <div className="space-y-3" data-testid="job-progress" data-stage={job.stage}>
      <div className="flex items-center gap-3">
        <Spinner className="text-accent" />
        <ScreenTitle level="h2" className="grow text-body-lg font-semibold">
          {stage}
        </ScreenTitle>
        {job.progress !== null && job.stage !== "storing" && (
          <span className="text-body-lg font-semibold">{percent(job.progress)}</span>
        )}
      </div>
      <ProgressBar value={job.progress} label={t`ความคืบหน้า`} />
      <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-label text-text-2">
        <QueueText position={job.queuePosition} />
        <EtaText eta={job.etaSeconds} />
        <Elapsed sinceIso={job.createdAt} />
      </p>
      {isHeldBack(job) && (
        <p className="text-label text-warning">
          <Trans>เครื่อง GPU ยังไม่พร้อมชั่วคราว เก็บงานและกันเครดิตไว้ให้แล้ว จะเริ่มเองเมื่อเครื่องกลับมา</Trans>
        </p>
      )}
      {job.cancelRequested && (
        <p className="text-label text-warning">
          <Trans>กำลังยกเลิก ถ้าภาพเสร็จก่อนจะได้ภาพตามปกติ</Trans>
        </p>
      )}
      {connection !== "live" && (
        <p className="text-caption text-text-3">
          {connection === "polling" ? (
            <Trans>การเชื่อมต่อหลุด กำลังถามความคืบหน้าเป็นระยะ</Trans>
          ) : (
            <Trans>การเชื่อมต่อหลุด กำลังต่อใหม่ งานยังทำต่ออยู่</Trans>
          )}
        </p>
      )}
      <p className="text-label text-text-3">
        <Trans>ปิดหน้านี้ได้เลย เสร็จแล้วจะอยู่ใน “งานของฉัน”</Trans>
      </p>
    </div>
  );
}

/** A job in the queue without any figure: the server knows that its GPU side is down. */
function isHeldBack(job: Job): boolean {
  return job.status === "queued" && job.etaSeconds === null && !job.cancelRequested;
}

function QueueText({ position }: { position: number | null }) {
  const { number } = useFormat();
  if (position === null) return null;
  const place = number(position);
  return (
    <span>
      <Trans>อยู่คิวที่ {place}</Trans>
    </span>
  );
}

function EtaText({ eta }: { eta: Job["etaSeconds"] }) {
  const { number } = useFormat();
  if (eta === null) return null;
  const low = number(Math.ceil(eta.low));
  const high = number(Math.ceil(eta.high));
  return (
    <span>
      {low === high ? (
        <Trans>อีกประมาณ {high} วินาที</Trans>
      ) : (
        <Trans>
          อีกประมาณ {low}–{high} วินาที
        </Trans>
      )}
    </span>
  );
}

function Elapsed({ sinceIso }: { sinceIso: string }) {
  const { number } = useFormat();
  const nowMs = useNow(useServerClock());
  const seconds = number(Math.max(0, Math.round((nowMs - Date.parse(sinceIso)) / 1_000)));
  return (
    <span>
      <Trans>ผ่านไป {seconds} วินาที</Trans>
    </span>
  );
}
