import { Trans } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { JobResult, Service } from "@ob/api";
import { JobScreen } from "../../features/jobs/job-screen.tsx";
import { Editor } from "../../features/studio/editor.tsx";
import { PainterStage } from "../../features/studio/painter/painter-stage.tsx";
import { StudioFrame } from "../../features/studio/studio-frame.tsx";
import { useDraft, type DraftHandle } from "../../features/studio/use-draft.ts";
import { useImageIntake, type ImageIntake } from "../../features/studio/use-image-intake.ts";
import { useSentDraft } from "../../features/studio/use-sent-draft.ts";
import { useBalance } from "../../features/wallet/use-balance.ts";
import { trpc } from "../../shared/api/trpc.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { MissingPage } from "./missing-page.tsx";

const studio = getRouteApi("/services/$serviceId");

/** The studio of one service: editing, or the job named in the address. */
export function StudioPage() {
  const { serviceId } = studio.useParams();
  const services = trpc.services.list.useQuery(undefined, { staleTime: 300_000 });
  const service = services.data?.find(({ id }) => id === serviceId);
  if (service !== undefined) return <ServiceStudio key={service.id} service={service} />;
  if (services.isSuccess) return <MissingPage />;
  return (
    <div className="page-x flex min-h-[50dvh] items-center justify-center">
      {services.isError ? (
        <Notice
          kind="danger"
          action={
            <Button look="quiet" onClick={() => void services.refetch()}>
              <Trans>ลองใหม่</Trans>
            </Button>
          }
        >
          <ErrorText error={services.error} />
        </Notice>
      ) : (
        <p role="status" className="flex items-center gap-3 text-text-2">
          <Spinner />
          <Trans>กำลังเปิดสตูดิโอ</Trans>
        </p>
      )}
    </div>
  );
}

function ServiceStudio({ service }: { service: Service }) {
  const { job: jobId } = studio.useSearch();
  const navigate = useNavigate();
  const { text } = useFormat();
  const balance = useBalance();
  const handle = useDraft(service.id);
  const intake = useImageIntake(handle, jobId === undefined);
  useDocumentTitle(`${text(service.title)} · OB AI Studio`);
  const show = (job: string | null) =>
    void navigate({
      to: "/services/$serviceId",
      params: { serviceId: service.id },
      search: job === null ? {} : { job },
    });
  if (jobId !== undefined)
    return <JobPage key={jobId} {...{ jobId, service, handle, intake, show }} />;
  return (
    <Editor
      service={service}
      handle={handle}
      intake={intake}
      balance={balance}
      privacyLink={
        <Link to="/privacy" className="underline">
          <Trans>อ่านเพิ่ม</Trans>
        </Link>
      }
      onCreated={({ id }) => show(id)}
    />
  );
}

function JobPage({
  jobId,
  service,
  handle,
  intake,
  show,
}: {
  jobId: string;
  service: Service;
  handle: DraftHandle;
  intake: ImageIntake;
  show: (jobId: string | null) => void;
}) {
  const { dispatch, store } = handle;
  const sent = useSentDraft(store, jobId);
  const work = sent?.work ?? null;
  const photoUrl = sent?.photoUrl ?? null;
  const before = sent === undefined ? undefined : photoUrl === null ? null : { url: photoUrl };
  const editResult = async (result: JobResult) => {
    const answer = await fetch(result.url);
    await intake.take({ blob: await answer.blob(), name: `${jobId}.png` });
    show(null);
  };
  return (
    <JobScreen
      jobId={jobId}
      service={service}
      before={before}
      waitingStage={work === null ? null : <PainterStage work={work} isActive={false} />}
      onEditAgain={
        work === null
          ? null
          : () => {
              dispatch({ kind: "loaded", kept: sent?.kept ?? null });
              show(null);
            }
      }
      onUseResult={(result) => void editResult(result)}
      onRetried={(job) => {
        const kept = sent?.kept;
        const saved = kept ? store.save({ store: "jobs", jobId: job.id }, kept) : Promise.resolve();
        void saved.catch(() => null).then(() => show(job.id));
      }}
      onLeave={() => show(null)}
    >
      {(parts) => <StudioFrame {...parts} />}
    </JobScreen>
  );
}
