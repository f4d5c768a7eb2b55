import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import type { Job, JobResult } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { SimulatedNote } from "../../shared/ui/simulated-note.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { FidelityLine } from "./fidelity-line.tsx";
import type { JobScreenProps } from "./job-screen.tsx";
import { JobSummary } from "./job-summary.tsx";

/** What came of it, and the ways on from here. */
export function DonePanel({
  job,
  result,
  service,
  onEditAgain,
  onUseResult,
  onLeave,
}: Pick<JobScreenProps, "service" | "onEditAgain" | "onUseResult" | "onLeave"> & {
  job: Job;
  result: JobResult;
}) {
  const { number } = useFormat();
  const size = `${number(result.width)} × ${number(result.height)}`;
  const credits = number(job.credits);
  return (
    <div className="space-y-3" data-testid="job-done">
      <div>
        <ScreenTitle level="h2" className="text-title-s font-semibold">
          <Trans>เสร็จแล้ว</Trans>
        </ScreenTitle>
        <p className="text-label text-text-2">
          <Trans>
            {size} พิกเซล · ใช้ไป {credits} เครดิต
          </Trans>
        </p>
      </div>
      <SimulatedNote service={service} />
      <FidelityLine fidelity={result.fidelity} />
      <div className="grid gap-2">
        <UseResultButton open={() => onUseResult(job, result)} />
        {onEditAgain !== null && (
          <Button onClick={onEditAgain}>
            {job.input.maskAssetId === null ? (
              <Trans>แก้ใหม่จากต้นฉบับ</Trans>
            ) : (
              <Trans>แก้ใหม่จากต้นฉบับ ใช้ส่วนที่ระบายเดิม</Trans>
            )}
          </Button>
        )}
        <Button look="quiet" onClick={onLeave}>
          <Trans>กลับไปสตูดิโอ</Trans>
        </Button>
      </div>
      <JobSummary job={job} service={service} />
    </div>
  );
}

function UseResultButton({ open }: { open: () => Promise<void> }) {
  const opening = useMutation({ mutationFn: open, networkMode: "always" });
  return (
    <>
      <Button
        disabled={opening.isPending}
        icon={opening.isPending && <Spinner />}
        onClick={() => opening.mutate()}
      >
        {opening.isPending ? <Trans>กำลังเปิดภาพ</Trans> : <Trans>แก้ต่อจากภาพนี้</Trans>}
      </Button>
      {opening.error !== null && (
        <Notice kind="danger">
          <ErrorText error={opening.error} />
        </Notice>
      )}
    </>
  );
}
