import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { GuestNote } from "../../features/account/guest-note.tsx";
import { JobsList } from "../../features/jobs/jobs-list.tsx";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";
import { buttonClass } from "../../shared/ui/button.tsx";

export function JobsPage() {
  const { t } = useLingui();
  useDocumentTitle(t`งานของฉัน · OB AI Studio`);
  return (
    <div className="page-x mx-auto max-w-5xl space-y-4 py-8">
      <h1 className="text-title-l font-semibold">
        <Trans>งานของฉัน</Trans>
      </h1>
      <GuestNote />
      <JobsList
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
            <Link
              to="/services/$serviceId"
              params={{ serviceId: "qwen-image-edit" }}
              className={buttonClass("primary", "mt-5")}
            >
              <Trans>เริ่มแก้ภาพ</Trans>
            </Link>
          </div>
        }
      />
    </div>
  );
}
