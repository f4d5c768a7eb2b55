import { Trans } from "@lingui/react/macro";
import { ArrowRight, Images } from "lucide-react";
import type { ReactNode } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { isIllustrated, ServiceLine } from "./service-lines.tsx";

/** One service as the landing page shows it: what it is for, before and after, from which price. */
export function ServiceCard({ service }: { service: Service }) {
  const { text, number } = useFormat();
  const lowest = number(Math.min(...service.modes.map(({ credits }) => credits)));
  return (
    <article className="flex h-full flex-col overflow-hidden rounded-card border border-hairline bg-ink-1 group-hover:border-control">
      {isIllustrated(service.id) ? (
        <BeforeAndAfter serviceId={service.id} />
      ) : (
        <div className="flex aspect-8/3 items-center justify-center bg-ink-2 text-text-3">
          <Images aria-hidden className="size-10" />
        </div>
      )}
      <div className="flex grow flex-col p-5">
        <h3 className="text-body-lg font-semibold">{text(service.title)}</h3>
        <p className="mt-1 grow text-label text-text-2">
          <ServiceLine serviceId={service.id} />
        </p>
        <p className="mt-3 flex flex-wrap items-center justify-between gap-x-3 text-label">
          <span className="text-text-3">
            <Trans>เริ่มที่ {lowest} เครดิต</Trans>
          </span>
          <span className="inline-flex items-center gap-1 font-medium text-accent">
            <Trans>เปิด</Trans>
            <ArrowRight aria-hidden className="size-4" />
          </span>
        </p>
      </div>
    </article>
  );
}

function BeforeAndAfter({ serviceId }: { serviceId: string }) {
  return (
    <div aria-hidden className="grid grid-cols-2 gap-px bg-ink-0">
      <Half src={`/services/${serviceId}-before.webp`}>
        <Trans>ก่อน</Trans>
      </Half>
      <Half src={`/services/${serviceId}-after.webp`}>
        <Trans>หลัง</Trans>
      </Half>
    </div>
  );
}

function Half({ src, children }: { src: string; children: ReactNode }) {
  return (
    <div className="relative">
      <img
        src={src}
        alt=""
        width={640}
        height={480}
        loading="lazy"
        decoding="async"
        className="aspect-4/3 w-full object-cover"
      />
      <span className="absolute bottom-2 left-2 rounded-pill bg-ink-0/80 px-2.5 py-0.5 text-caption">
        {children}
      </span>
    </div>
  );
}
