import { Trans } from "@lingui/react/macro";
import type { Job } from "@ob/api";
import { trpc } from "../../shared/api/trpc.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { newerJob } from "./job-state.ts";

/** Asks the server to stop the job; free unless the picture is already made. */
export function CancelButton({ job }: { job: Job }) {
  const utils = trpc.useUtils();
  const cancel = trpc.jobs.cancel.useMutation({
    onSuccess: (answer) => {
      utils.jobs.get.setData({ jobId: job.id }, (before) => newerJob(before, answer));
      void utils.credits.balance.invalidate();
    },
  });
  const isOff = cancel.isPending || job.cancelRequested || job.status === "storing";
  return (
    <div>
      {cancel.error !== null && (
        <p role="alert" className="mb-1.5 text-caption text-danger">
          <ErrorText error={cancel.error} />
        </p>
      )}
      <Button className="w-full" disabled={isOff} onClick={() => cancel.mutate({ jobId: job.id })}>
        {job.status === "storing" ? (
          <Trans>ใกล้เสร็จแล้ว ยกเลิกไม่ได้</Trans>
        ) : job.cancelRequested || cancel.isPending ? (
          <Trans>กำลังยกเลิก</Trans>
        ) : (
          <Trans>ยกเลิกงาน</Trans>
        )}
      </Button>
      {!isOff && (
        <p className="mt-1 text-center text-caption text-text-3">
          <Trans>คืนเครดิตถ้าภาพยังไม่เสร็จ</Trans>
        </p>
      )}
    </div>
  );
}
