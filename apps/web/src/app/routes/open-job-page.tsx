import { Trans } from "@lingui/react/macro";
import { getRouteApi, Navigate } from "@tanstack/react-router";
import { trpc } from "../../shared/api/trpc.ts";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";

const route = getRouteApi("/jobs/$jobId");

/** Finds a job's service, and goes on to its studio. */
export function OpenJobPage() {
  const { jobId } = route.useParams();
  const job = trpc.jobs.get.useQuery({ jobId });
  if (job.data !== undefined) {
    const { service } = job.data;
    return (
      <Navigate
        to="/services/$serviceId"
        params={{ serviceId: service }}
        search={{ job: jobId }}
        replace
      />
    );
  }
  return (
    <div className="page-x mx-auto w-full max-w-2xl py-8">
      {job.isError ? (
        <Notice kind="danger">
          <ErrorText error={job.error} />
        </Notice>
      ) : (
        <p role="status" className="flex items-center gap-3 text-text-2">
          <Spinner />
          <Trans>กำลังเปิดงาน</Trans>
        </p>
      )}
    </div>
  );
}
