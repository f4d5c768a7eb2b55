import { Trans } from "@lingui/react/macro";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { trpc } from "../../shared/api/trpc.ts";
import { buttonClass } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
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
        <UnopenedJob error={job.error} />
      ) : (
        <p role="status" className="flex items-center gap-3 text-text-2">
          <Spinner />
          <Trans>กำลังเปิดงาน</Trans>
        </p>
      )}
    </div>
  );
}

/** The job is gone, another person's, or out of reach: why, and the ways on. */
function UnopenedJob({ error }: { error: unknown }) {
  return (
    <div className="flex min-h-[50dvh] flex-col items-center justify-center gap-6 text-center">
      <ScreenTitle level="h1" className="text-title font-semibold">
        <Trans>เปิดงานนี้ไม่ได้</Trans>
      </ScreenTitle>
      <p className="max-w-[40ch] text-text-2">
        <ErrorText error={error} />
      </p>
      <div className="flex flex-wrap justify-center gap-3">
        <Link to="/jobs" className={buttonClass("primary")}>
          <Trans>ดูงานของฉัน</Trans>
        </Link>
        <Link to="/" className={buttonClass("plain")}>
          <Trans>กลับหน้าแรก</Trans>
        </Link>
      </div>
    </div>
  );
}
