import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type MouseEvent } from "react";
import type { Service } from "@ob/api";
import { carriedDraft, type KeptDraft } from "../../features/studio/draft.ts";
import { keptDraft, type DraftHandle } from "../../features/studio/use-draft.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { ConfirmDialog } from "../../shared/ui/confirm-dialog.tsx";
import { cx } from "../../shared/ui/cx.ts";

/** The ways to the catalogue's other services; the photo comes along. Nothing where there is only one. */
export function ServiceSwitch({
  service,
  services,
  handle,
}: {
  service: Service;
  services: readonly Service[];
  handle: DraftHandle;
}) {
  const { t } = useLingui();
  const { text } = useFormat();
  const { go, question } = useCarriedPhoto(handle);
  if (services.length < 2) return null;
  return (
    <nav aria-label={t`บริการอื่น`} className="mt-1 flex flex-wrap gap-2">
      {services.map((one) => (
        <Link
          key={one.id}
          to="/services/$serviceId"
          params={{ serviceId: one.id }}
          aria-current={one.id === service.id ? "page" : undefined}
          onClick={(event) => void go(event, one)}
          className={cx(
            "inline-flex min-h-11 grow items-center justify-center rounded-control border px-3 text-label",
            one.id === service.id
              ? "border-accent bg-ink-3 text-text-1"
              : "border-hairline text-text-2 hover:border-control hover:text-text-1",
          )}
        >
          {text(one.title)}
        </Link>
      ))}
      {question}
    </nav>
  );
}

interface Carrying {
  readonly target: Service;
  readonly from: KeptDraft;
  readonly own: KeptDraft | null;
}

/** Takes the photo to another service, and asks first when another one is being worked on there. */
function useCarriedPhoto({ draft, store }: DraftHandle) {
  const { t } = useLingui();
  const { text } = useFormat();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Carrying | null>(null);
  const open = (target: Service) =>
    void navigate({ to: "/services/$serviceId", params: { serviceId: target.id } });
  const carry = async ({ target, from, own }: Carrying) => {
    // Where the browser keeps nothing, the other studio opens with what it has.
    await store
      .save({ store: "drafts", serviceId: target.id }, carriedDraft(from, own))
      .catch(() => null);
    open(target);
  };
  const go = async (event: MouseEvent, target: Service) => {
    const from = keptDraft(draft);
    const isNewTab = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (from.photo === null || isNewTab) return;
    event.preventDefault();
    const own = await store.load({ store: "drafts", serviceId: target.id }).catch(() => null);
    const carrying = { target, from, own };
    const hasOther = own !== null && own.photo !== null && own.photo.id !== from.photo.id;
    if (hasOther) setAsking(carrying);
    else await carry(carrying);
  };
  const name = asking === null ? "" : text(asking.target.title);
  const question = asking !== null && (
    <ConfirmDialog
      title={t`ใช้ภาพไหนใน “${name}”`}
      confirmLabel={t`ใช้ภาพนี้แทน`}
      cancelLabel={t`เปิดภาพที่ค้างไว้`}
      onConfirm={() => void carry(asking)}
      onCancel={() => open(asking.target)}
    >
      <Trans>ในบริการนั้นมีภาพอื่นที่ทำค้างไว้ ถ้าใช้ภาพนี้แทน ส่วนที่ระบายของภาพนั้นจะหายไป</Trans>
    </ConfirmDialog>
  );
  return { go, question };
}
