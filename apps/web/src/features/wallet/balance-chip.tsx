import { Trans } from "@lingui/react/macro";
import { Coins } from "lucide-react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { useBalance } from "./use-balance.ts";

/** The balance as the header shows it: what can be used, and what is held. Only its sign before there is one. */
export function BalanceChip() {
  const { number } = useFormat();
  const balance = useBalance();
  if (balance === null) return <Coins aria-hidden className="size-5" />;
  const available = number(balance.available);
  const held = number(balance.held);
  return (
    <span
      className="inline-flex items-center gap-1.5 text-label whitespace-nowrap"
      data-testid="balance"
    >
      <Coins aria-hidden className="size-4 text-accent" />
      <span>
        <Trans>{available} เครดิต</Trans>
      </span>
      {balance.held > 0 && (
        <span className="text-caption text-text-3">
          <Trans>กันไว้ {held}</Trans>
        </span>
      )}
    </span>
  );
}
