import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { GuestNote } from "../../features/account/guest-note.tsx";
import { JobsList } from "../../features/jobs/jobs-list.tsx";
import { createDraftStore } from "../../features/studio/draft-store.ts";
import { useKvStore } from "../../shared/lib/kv-context.tsx";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { StartLinks } from "./start-links.tsx";

export function JobsPage() {
  const { t } = useLingui();
  const kv = useKvStore();
  const drafts = useMemo(() => createDraftStore(kv, Date.now), [kv]);
  useDocumentTitle(t`งานของฉัน · OB AI Studio`);
  return (
    <div className="page-x mx-auto w-full max-w-5xl space-y-4 py-8">
      <ScreenTitle level="h1" className="text-title-l font-semibold">
        <Trans>งานของฉัน</Trans>
      </ScreenTitle>
      <GuestNote />
      <JobsList
        // A browser that cannot forget has not kept either; the server has erased the job.
        onDeleted={(jobId) => drafts.forgetJob(jobId).catch(() => undefined)}
        linkTo={({ id, service }, content) => (
          <Link
            to="/services/$serviceId"
            params={{ serviceId: service }}
            search={{ job: id }}
            className="block"
          >
            {content}
          </Link>
        )}
        whenEmpty={
          <div className="py-10 text-center">
            <p className="text-text-2">
              <Trans>ยังไม่มีงาน ภาพที่สร้างจะมาอยู่ที่นี่</Trans>
            </p>
            <StartLinks className="mt-5 justify-center" />
          </div>
        }
      />
    </div>
  );
}
