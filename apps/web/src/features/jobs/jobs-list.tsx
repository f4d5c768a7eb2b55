import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState, type ReactNode } from "react";
import type { Job } from "@ob/api";
import { Button } from "../../shared/ui/button.tsx";
import { ConfirmDialog } from "../../shared/ui/confirm-dialog.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { JobCard } from "./job-card.tsx";
import { useDeleteJob, useJobsList } from "./use-jobs-list.ts";

export interface JobsListProps {
  readonly linkTo: (job: Job, content: ReactNode) => ReactNode;
  readonly whenEmpty: ReactNode;
  /** Forgets what this browser keeps of a deleted job. */
  readonly onDeleted: (jobId: string) => Promise<void>;
}

/** All jobs of this owner, deleted after asking. What became of a deletion outlives the last job. */
export function JobsList({ linkTo, whenEmpty, onDeleted }: JobsListProps) {
  const list = useJobsList();
  const deletion = useDeleteJob({ onDeleted });
  const [toDelete, setToDelete] = useState<Job | null>(null);
  const told = useRef<HTMLDivElement>(null);
  return (
    <div className="space-y-4">
      <div ref={told} role="status" tabIndex={-1} className="outline-none">
        {deletion.isSuccess && (
          <p className="text-label text-success">
            <Trans>ลบงานและภาพแล้ว</Trans>
          </p>
        )}
      </div>
      {deletion.error !== null && (
        <Notice kind="danger">
          <ErrorText error={deletion.error} />
        </Notice>
      )}
      <Jobs {...{ list, linkTo, whenEmpty }} onDelete={setToDelete} />
      {toDelete !== null && (
        <DeleteDialog
          job={toDelete}
          onCancel={() => setToDelete(null)}
          onConfirm={() => {
            setToDelete(null);
            deletion.mutate({ jobId: toDelete.id }, { onSuccess: () => told.current?.focus() });
          }}
        />
      )}
    </div>
  );
}

/** The jobs themselves; pending, error and empty are drawn too. */
function Jobs({
  list: { query, isSignedIn, jobs },
  linkTo,
  whenEmpty,
  onDelete,
}: Omit<JobsListProps, "onDeleted"> & {
  list: ReturnType<typeof useJobsList>;
  onDelete: (job: Job) => void;
}) {
  const { t } = useLingui();
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
    <>
      {query.error !== null && (
        <Notice
          kind="danger"
          action={
            <Button look="quiet" onClick={() => void query.refetch()}>
              <Trans>ลองอีกครั้ง</Trans>
            </Button>
          }
        >
          <ErrorText error={query.error} />
        </Notice>
      )}
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3" aria-label={t`งานทั้งหมด`}>
        {jobs.map((job) => (
          <li key={job.id}>
            <JobCard job={job} linkTo={linkTo} onDelete={() => onDelete(job)} />
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
    </>
  );
}

function DeleteDialog({
  job,
  onCancel,
  onConfirm,
}: {
  job: Job;
  onCancel: () => void;
  onConfirm: () => void;
}) {
  const { t } = useLingui();
  return (
    <ConfirmDialog
      title={t`ลบงานนี้ใช่ไหม`}
      confirmLabel={t`ลบงานและภาพ`}
      cancelLabel={t`เก็บไว้`}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      {job.result !== null && (
        <img
          src={job.result.previewUrl}
          alt=""
          className="mb-3 max-h-[min(10rem,30dvh)] w-full rounded-card bg-ink-2 object-contain"
        />
      )}
      <Trans>
        ภาพจะถูกลบออกจากเซิร์ฟเวอร์และเบราว์เซอร์นี้ถาวร ภาพต้นฉบับที่ยังใช้ในงานอื่นจะอยู่ต่อ รายการเครดิตยังอยู่
      </Trans>
    </ConfirmDialog>
  );
}
