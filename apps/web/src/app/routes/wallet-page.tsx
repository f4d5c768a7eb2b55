import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { GuestNote } from "../../features/account/guest-note.tsx";
import { CreditHistory } from "../../features/wallet/credit-history.tsx";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";

export function WalletPage() {
  const { t } = useLingui();
  useDocumentTitle(t`กระเป๋าเครดิต · OB AI Studio`);
  return (
    <div className="page-x mx-auto max-w-2xl space-y-4 py-8">
      <h1 className="text-title-l font-semibold">
        <Trans>กระเป๋าเครดิต</Trans>
      </h1>
      <GuestNote />
      <CreditHistory
        linkToJob={(job, content) => (
          <Link
            to="/services/$serviceId"
            params={{ serviceId: "qwen-image-edit" }}
            search={{ job }}
          >
            {content}
          </Link>
        )}
      />
    </div>
  );
}
