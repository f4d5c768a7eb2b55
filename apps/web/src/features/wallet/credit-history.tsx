import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { CreditHistoryItem } from "@ob/api";
import { useIsSignedIn } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { cx } from "../../shared/ui/cx.ts";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { useBalance } from "./use-balance.ts";

const PAGE = { limit: 50 };

/** Balance and every movement of credits, each with its reason. */
export function CreditHistory({
  linkToJob,
}: {
  linkToJob: (jobId: string, content: ReactNode) => ReactNode;
}) {
  const isSignedIn = useIsSignedIn();
  const query = trpc.credits.history.useInfiniteQuery(PAGE, {
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: isSignedIn,
    refetchOnMount: "always",
  });
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  if (!isSignedIn) {
    return (
      <p className="py-6 text-text-2">
        <Trans>ยังไม่มีเครดิต จะได้เครดิตเริ่มต้นเมื่ออัปโหลดภาพแรก</Trans>
      </p>
    );
  }
  return (
    <div className="space-y-6">
      <BalanceCard />
      {query.error !== null && (
        <Notice kind="danger">
          <ErrorText error={query.error} />
        </Notice>
      )}
      {items.length > 0 && (
        <ul className="divide-y divide-hairline rounded-card border border-hairline bg-ink-1">
          {items.map((item) => (
            <HistoryLine key={item.id} item={item} linkToJob={linkToJob} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button className="w-full" onClick={() => void query.fetchNextPage()}>
          <Trans>ดูรายการก่อนหน้านี้</Trans>
        </Button>
      )}
    </div>
  );
}

function BalanceCard() {
  const balance = useBalance();
  const { number } = useFormat();
  if (balance === null) return null;
  const available = number(balance.available);
  const held = number(balance.held);
  return (
    <section className="rounded-sheet border border-hairline bg-ink-1 p-5">
      <p className="text-label text-text-2">
        <Trans>ใช้ได้ตอนนี้</Trans>
      </p>
      <p className="text-title-l font-semibold">
        <Trans>{available} เครดิต</Trans>
      </p>
      {balance.held > 0 && (
        <p className="text-label text-text-2">
          <Trans>กันไว้ให้งานที่กำลังทำ {held} เครดิต งานไม่สำเร็จจะคืนให้ทันที</Trans>
        </p>
      )}
      {balance.available === 0 && (
        <p className="mt-2 text-label text-warning">
          <Trans>เครดิตหมดแล้ว ตอนนี้ยังไม่เปิดขายเครดิต งานที่ทำค้างไว้ยังอยู่ครบ</Trans>
        </p>
      )}
    </section>
  );
}

function HistoryLine({
  item,
  linkToJob,
}: {
  item: CreditHistoryItem;
  linkToJob: (jobId: string, content: ReactNode) => ReactNode;
}) {
  const { text, number, dateTime } = useFormat();
  const sign = item.amount > 0 ? "+" : "";
  const after = number(item.availableAfter);
  return (
    <li className="flex items-start gap-4 px-4 py-3">
      <div className="min-w-0 grow">
        <p className="text-label">
          {item.jobId === null
            ? text(item.reason)
            : linkToJob(item.jobId, <span className="underline">{text(item.reason)}</span>)}
        </p>
        <p className="text-caption text-text-3">{dateTime(item.createdAt)}</p>
      </div>
      <div className="text-right">
        <p className={cx("text-label font-semibold", item.amount > 0 && "text-success")}>
          {item.kind === "capture" ? <Trans>จากที่กันไว้</Trans> : `${sign}${number(item.amount)}`}
        </p>
        <p className="text-caption text-text-3">
          <Trans>เหลือ {after}</Trans>
        </p>
      </div>
    </li>
  );
}
