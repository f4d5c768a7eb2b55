import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet } from "@tanstack/react-router";
import { Images } from "lucide-react";
import { LanguageSwitch } from "../../features/account/language-switch.tsx";
import { BalanceChip } from "../../features/wallet/balance-chip.tsx";
import { OfflineLine } from "../../shared/ui/offline-line.tsx";
import { Brand } from "./brand.tsx";

const LINK =
  "inline-flex min-h-11 min-w-11 items-center justify-center gap-1.5 rounded-control px-2 text-label whitespace-nowrap text-text-2 hover:text-text-1 [&.active]:text-text-1";

/** Header and the page below it; a page marked `data-fits` gets exactly the room that is left. */
export function AppShell() {
  const { t } = useLingui();
  return (
    <div className="flex min-h-dvh flex-col has-data-fits:h-dvh">
      <header className="page-x flex min-h-14 flex-wrap items-center justify-end gap-x-1 border-b border-hairline bg-ink-0">
        <Link
          to="/"
          className="mr-auto inline-flex min-h-11 items-center whitespace-nowrap"
          aria-label={t`หน้าแรก`}
        >
          <Brand />
        </Link>
        <Link to="/wallet" className={LINK} aria-label={t`กระเป๋าเครดิต`}>
          <BalanceChip />
        </Link>
        <Link to="/jobs" className={LINK} aria-label={t`งานของฉัน`}>
          <Images aria-hidden className="size-5 sm:hidden" />
          <span className="hidden sm:inline">
            <Trans>งานของฉัน</Trans>
          </span>
        </Link>
        <LanguageSwitch />
      </header>
      <OfflineLine />
      <main className="flex min-h-0 grow flex-col">
        <Outlet />
      </main>
    </div>
  );
}
