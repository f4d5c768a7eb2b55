import type { CreditHistoryItem } from "@ob/api";

/** What became of a job's credits. */
export type JobCredits = "held" | "spent" | "returned";

/** One line of the wallet: a movement of its own, or everything one job moved. */
export type HistoryEntry =
  | { readonly kind: "movement"; readonly item: CreditHistoryItem }
  | {
      readonly kind: "job";
      readonly jobId: string;
      readonly state: JobCredits;
      /** Signed change of the available credits by the job; null while its hold is not loaded yet. */
      readonly amount: number | null;
      /** The job's newest movement. */
      readonly latest: CreditHistoryItem;
    };

/** Puts the movements of one job into one line, where its newest stands; newest first, as they come. */
export function groupHistory(items: readonly CreditHistoryItem[]): HistoryEntry[] {
  const byJob = Map.groupBy(
    items.filter(({ jobId }) => jobId !== null),
    ({ jobId }) => jobId,
  );
  return items.flatMap((item): HistoryEntry[] => {
    const { jobId } = item;
    const own = jobId === null ? undefined : byJob.get(jobId);
    if (jobId === null || own === undefined) return [{ kind: "movement", item }];
    if (own[0] !== item) return [];
    const isWhole = own.some(({ kind }) => kind === "hold");
    const amount = own.reduce((sum, movement) => sum + movement.amount, 0);
    return [
      {
        kind: "job",
        jobId,
        state: stateOf(own),
        amount: isWhole ? amount : null,
        latest: item,
      },
    ];
  });
}

function stateOf(movements: readonly CreditHistoryItem[]): JobCredits {
  if (movements.some(({ kind }) => kind === "release" || kind === "refund")) return "returned";
  return movements.some(({ kind }) => kind === "capture") ? "spent" : "held";
}
