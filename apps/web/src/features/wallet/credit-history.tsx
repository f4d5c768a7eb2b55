import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import type { MessageDescriptor } from "@lingui/core";
import type { ReactNode } from "react";
import type { CreditHistoryItem } from "@ob/api";
import { useIsSignedIn } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { cx } from "../../shared/ui/cx.ts";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { groupHistory, type HistoryEntry, type JobCredits } from "./group-history.ts";
import { useBalance } from "./use-balance.ts";

const PAGE = { limit: 50 };

/** Balance and what moved it: one line for each job, and one for every other movement. */
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
          {groupHistory(items).map((entry) =>
            entry.kind === "job" ? (
              <JobLine key={entry.jobId} entry={entry} linkToJob={linkToJob} />
            ) : (
              <MovementLine key={entry.item.id} item={entry.item} />
            ),
          )}
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

const JOB_TEXTS = {
  held: msg`กันไว้ระหว่างทำ`,
  spent: msg`งานเสร็จแล้ว`,
  returned: msg`ได้เครดิตคืน`,
} satisfies Record<JobCredits, MessageDescriptor>;

function JobLine({
  entry: { jobId, state, amount, latest },
  linkToJob,
}: {
  entry: HistoryEntry & { kind: "job" };
  linkToJob: (jobId: string, content: ReactNode) => ReactNode;
}) {
  const { i18n } = useLingui();
  return (
    <Line
      title={linkToJob(
        jobId,
        <span className="inline-flex min-h-11 items-center underline">
          <Trans>แก้ภาพ</Trans>
        </span>,
      )}
      note={i18n._(JOB_TEXTS[state])}
      amount={amount}
      item={latest}
    />
  );
}

function MovementLine({ item }: { item: CreditHistoryItem }) {
  const { text } = useFormat();
  return <Line title={text(item.reason)} note={null} amount={item.amount} item={item} />;
}

function Line({
  title,
  note,
  amount,
  item,
}: {
  title: ReactNode;
  note: string | null;
  amount: number | null;
  item: CreditHistoryItem;
}) {
  const { number, dateTime } = useFormat();
  const after = number(item.availableAfter);
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0 grow">
        <div className="text-label">{title}</div>
        <p className="text-caption text-text-3">
          {note !== null && `${note} · `}
          {dateTime(item.createdAt)}
        </p>
      </div>
      <div className="shrink-0 text-right">
        {amount !== null && (
          <p className={cx("text-label font-semibold", amount > 0 && "text-success")}>
            {amount > 0 ? `+${number(amount)}` : number(amount)}
          </p>
        )}
        <p className="text-caption text-text-3">
          <Trans>เหลือ {after}</Trans>
        </p>
      </div>
    </li>
  );
}
