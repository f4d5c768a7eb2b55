import { Trans } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Job, JobResult, Service } from "@ob/api";
import { formatsFor, withFormat } from "../../features/jobs/picture-format.ts";
import { JobScreen } from "../../features/jobs/job-screen.tsx";
import { fittingDraft } from "../../features/studio/draft.ts";
import { Editor } from "../../features/studio/editor.tsx";
import { PainterStage } from "../../features/studio/painter/painter-stage.tsx";
import { StudioFrame } from "../../features/studio/studio-frame.tsx";
import { useDraft, type DraftHandle } from "../../features/studio/use-draft.ts";
import { useImageIntake, type ImageIntake } from "../../features/studio/use-image-intake.ts";
import { useSentDraft } from "../../features/studio/use-sent-draft.ts";
import { useReplacement } from "../../features/studio/use-replacement.tsx";
import { useBalance } from "../../features/wallet/use-balance.ts";
import { fetchPicture } from "../../shared/api/fetch-picture.ts";
import { trpc } from "../../shared/api/trpc.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Spinner } from "../../shared/ui/spinner.tsx";
import { MissingPage } from "./missing-page.tsx";
import { ServiceSwitch } from "./service-switch.tsx";

const studio = getRouteApi("/services/$serviceId");

/** The studio of one service: editing, or the job named in the address. */
export function StudioPage() {
  const { serviceId } = studio.useParams();
  const services = trpc.services.list.useQuery(undefined, { staleTime: 300_000 });
  const service = services.data?.find(({ id }) => id === serviceId);
  if (services.data !== undefined && service !== undefined) {
    return <ServiceStudio key={service.id} service={service} services={services.data} />;
  }
  if (services.isSuccess) return <MissingPage />;
  return (
    <div className="page-x flex min-h-[50dvh] items-center justify-center">
      {services.isError ? (
        <Notice
          kind="danger"
          action={
            <Button look="quiet" onClick={() => void services.refetch()}>
              <Trans>ลองอีกครั้ง</Trans>
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

function ServiceStudio({ service, services }: { service: Service; services: Service[] }) {
  const { job: jobId } = studio.useSearch();
  const navigate = useNavigate();
  const { text } = useFormat();
  const handle = useDraft(service);
  const intake = useImageIntake(handle, jobId === undefined);
  const title = `${text(service.title)} · OB AI Studio`;
  const show = (job: string | null) =>
    void navigate({
      to: "/services/$serviceId",
      params: { serviceId: service.id },
      search: job === null ? {} : { job },
    });
  const parts = { service, services, handle, intake, title, show };
  return jobId === undefined ? (
    <EditorPage {...parts} />
  ) : (
    <JobPage key={jobId} {...{ jobId, ...parts }} />
  );
}

interface StudioParts {
  readonly service: Service;
  /** All of the catalogue. */
  readonly services: readonly Service[];
  readonly handle: DraftHandle;
  readonly intake: ImageIntake;
  /** Name of the tab. */
  readonly title: string;
  readonly show: (jobId: string | null) => void;
}

function EditorPage({ service, services, handle, intake, title, show }: StudioParts) {
  useDocumentTitle(title);
  return (
    <Editor
      serviceSwitch={<ServiceSwitch {...{ service, services, handle }} />}
      service={service}
      handle={handle}
      intake={intake}
      balance={useBalance()}
      privacyLink={
        <Link to="/privacy" className="underline">
          <Trans>อ่านเพิ่ม</Trans>
        </Link>
      }
      onCreated={({ id }) => show(id)}
    />
  );
}

function JobPage({ jobId, service, handle, intake, title, show }: StudioParts & { jobId: string }) {
  const { dispatch, store } = handle;
  const { client } = trpc.useUtils();
  const sent = useSentDraft(store, jobId);
  const { question, ask } = useReplacement(handle, sent?.kept ?? null);
  const work = sent?.work ?? null;
  const photoUrl = sent?.photoUrl ?? null;
  const before = sent === undefined ? undefined : photoUrl === null ? null : { url: photoUrl };
  const editAgain = async () => {
    if (sent == null || !(await ask())) return;
    dispatch({ kind: "loaded", kept: fittingDraft(sent.kept, service) });
    show(null);
  };
  const editResult = async (job: Job, result: JobResult) => {
    if (!(await ask())) return;
    const [asset, blob] = await Promise.all([
      client.assets.fromResult.mutate({ jobId: job.id }),
      fetchPicture(lightCopyUrl(result)),
    ]);
    await intake.takeResult({ blob, asset, jobId: job.id });
    show(null);
  };
  return (
    <>
      <JobScreen
        jobId={jobId}
        service={service}
        title={title}
        before={before}
        waitingStage={
          work === null ? null : (
            <PainterStage work={work} ratio={sent?.kept.ratio ?? null} isActive={false} />
          )
        }
        onEditAgain={work === null ? null : () => void editAgain()}
        onUseResult={editResult}
        onRetried={(job) => {
          const kept = sent?.kept;
          const saved = kept
            ? store.save({ store: "jobs", jobId: job.id }, kept)
            : Promise.resolve();
          void saved.catch(() => null).then(() => show(job.id));
        }}
        onLeave={() => show(null)}
      >
        {(parts) => <StudioFrame {...parts} />}
      </JobScreen>
      {question}
    </>
  );
}

/** A copy to look at and paint on; the lossless one may weigh more than 25 MB and stays at the server. */
function lightCopyUrl(result: JobResult): string {
  const format = formatsFor(result).at(-1);
  return format === undefined ? result.previewUrl : withFormat(result.downloadUrl, format);
}
