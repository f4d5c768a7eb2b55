import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../shared/api/trpc.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { buttonClass } from "../../shared/ui/button.tsx";
import { cx } from "../../shared/ui/cx.ts";

/** The ways into the studio: the catalogue's first service, and beside it each other one by its name. */
export function StartLinks({ className }: { className: string }) {
  const { text } = useFormat();
  const services = trpc.services.list.useQuery(undefined, { staleTime: 300_000 });
  const [first, ...others] = services.data ?? [];
  return (
    // As high as its links before the catalogue is here.
    <div className={cx("flex min-h-12 flex-wrap gap-3", className)}>
      {first !== undefined && (
        <Link
          to="/services/$serviceId"
          params={{ serviceId: first.id }}
          className={buttonClass("primary", "px-8 text-body")}
        >
          <Trans>เริ่มแก้ภาพ</Trans>
        </Link>
      )}
      {others.map((service) => (
        <Link
          key={service.id}
          to="/services/$serviceId"
          params={{ serviceId: service.id }}
          className={buttonClass("plain", "text-body")}
        >
          {text(service.title)}
        </Link>
      ))}
    </div>
  );
}
