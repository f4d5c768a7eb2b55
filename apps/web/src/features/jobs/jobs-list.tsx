import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import type { Job } from "@ob/api";
import { Button } from "../../shared/ui/button.tsx";
import { ConfirmDialog } from "../../shared/ui/confirm-dialog.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { JobCard } from "./job-card.tsx";
import { useDeleteJob, useJobsList } from "./use-jobs-list.ts";

/** All jobs of this owner; pending, error and empty are drawn too. */
export function JobsList({
  linkTo,
  whenEmpty,
}: {
  linkTo: (job: Job, content: ReactNode) => ReactNode;
  whenEmpty: ReactNode;
}) {
  const { t } = useLingui();
  const { query, isSignedIn, jobs } = useJobsList();
  const deletion = useDeleteJob();
  const [toDelete, setToDelete] = useState<Job | null>(null);
  if (!isSignedIn || (query.isSuccess && jobs.length === 0)) return whenEmpty;
  if (query.isPending) {
    return (
      <p role="status" className="flex items-center gap-3 py-8 text-text-2">
        <Spinner />
        <Trans>กำลังเปิดงานของคุณ</Trans>
      </p>
    );
  }
  return (
    <div className="space-y-4">
      {query.error !== null && (
        <Notice
          kind="danger"
          action={
            <Button look="quiet" onClick={() => void query.refetch()}>
              <Trans>ลองใหม่</Trans>
            </Button>
          }
        >
          <ErrorText error={query.error} />
        </Notice>
      )}
      {deletion.error !== null && (
        <Notice kind="danger">
          <ErrorText error={deletion.error} />
        </Notice>
      )}
      {deletion.isSuccess && (
        <Notice kind="success">
          <Trans>ลบงานและภาพแล้ว</Trans>
        </Notice>
      )}
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3" aria-label={t`งานทั้งหมด`}>
        {jobs.map((job) => (
          <li key={job.id}>
            <JobCard job={job} linkTo={linkTo} onDelete={() => setToDelete(job)} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          className="w-full"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          <Trans>ดูงานก่อนหน้านี้</Trans>
        </Button>
      )}
      {toDelete !== null && (
        <ConfirmDialog
          title={t`ลบงานนี้ใช่ไหม`}
          confirmLabel={t`ลบงานและภาพ`}
          cancelLabel={t`เก็บไว้`}
          onCancel={() => setToDelete(null)}
          onConfirm={() => {
            deletion.mutate({ jobId: toDelete.id });
            setToDelete(null);
          }}
        >
          <Trans>ภาพจะถูกลบออกจากเซิร์ฟเวอร์ถาวร รายการเครดิตยังอยู่</Trans>
        </ConfirmDialog>
      )}
    </div>
  );
}
