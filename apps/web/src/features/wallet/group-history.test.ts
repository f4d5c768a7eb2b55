import { expect, test } from "vitest";
import type { CreditHistoryItem, TransferKind } from "@ob/api";
import { groupHistory } from "./group-history.ts";

let id = 0;
const moved = (kind: TransferKind, amount: number, jobId: string | null): CreditHistoryItem => ({
  id: String((id += 1)),
  kind,
  amount,
  availableAfter: 0,
  jobId,
  paymentId: null,
  reason: { th: kind, en: kind },
  createdAt: "2026-01-01T00:00:00.000Z",
});

test("a finished job is one line with its price, where its last movement stands", () => {
  const items = [
    moved("hold", -8, "b"),
    moved("capture", 0, "a"),
    moved("hold", -3, "a"),
    moved("grant", 20, null),
  ];
  expect(groupHistory(items)).toEqual([
    { kind: "job", jobId: "b", state: "held", amount: -8, latest: items[0] },
    { kind: "job", jobId: "a", state: "spent", amount: -3, latest: items[1] },
    { kind: "movement", item: items[3] },
  ]);
});

test("what came back cancels out", () => {
  const items = [moved("release", 3, "a"), moved("hold", -3, "a")];
  expect(groupHistory(items)).toMatchObject([{ state: "returned", amount: 0 }]);
});

test("a later refund counts as come back", () => {
  const items = [moved("refund", 3, "a"), moved("capture", 0, "a"), moved("hold", -3, "a")];
  expect(groupHistory(items)).toMatchObject([{ state: "returned", amount: 0 }]);
});

test("a job whose hold is on a later page claims no amount", () => {
  expect(groupHistory([moved("capture", 0, "a")])).toMatchObject([
    { state: "spent", amount: null },
  ]);
});
