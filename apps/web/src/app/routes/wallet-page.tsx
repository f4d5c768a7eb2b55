import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { GuestNote } from "../../features/account/guest-note.tsx";
import { CreditHistory } from "../../features/wallet/credit-history.tsx";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";

export function WalletPage() {
  const { t } = useLingui();
  useDocumentTitle(t`กระเป๋าเครดิต · OB AI Studio`);
  return (
    <div className="page-x mx-auto w-full max-w-2xl space-y-4 py-8">
      <ScreenTitle level="h1" className="text-title-l font-semibold">
        <Trans>กระเป๋าเครดิต</Trans>
      </ScreenTitle>
      <GuestNote />
      <CreditHistory
        linkToJob={(job, content) => (
          <Link to="/jobs/$jobId" params={{ jobId: job }}>
            {content}
          </Link>
        )}
      />
    </div>
  );
}
