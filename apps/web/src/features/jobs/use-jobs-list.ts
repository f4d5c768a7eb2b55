import { skipToken, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import type { Job, JobPage } from "@ob/api";
import { useIsSignedIn } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import { isTerminal, newerJob } from "./job-state.ts";

const PAGE = { limit: 24 };

/** The owner's jobs, newest first, kept current by one stream over all of them. */
export function useJobsList() {
  const utils = trpc.useUtils();
  const isSignedIn = useIsSignedIn();
  const query = trpc.jobs.list.useInfiniteQuery(PAGE, {
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: isSignedIn,
    refetchOnMount: "always",
  });
  trpc.jobs.onUpdate.useSubscription(isSignedIn && query.isSuccess ? {} : skipToken, {
    onData: ({ data: job }) => {
      utils.jobs.get.setData({ jobId: job.id }, (before) => newerJob(before, job));
      utils.jobs.list.setInfiniteData(PAGE, (pages) => withJob(pages, job));
      if (isTerminal(job)) void utils.credits.balance.invalidate();
    },
  });
  return { query, isSignedIn, jobs: (query.data?.pages ?? []).flatMap(({ items }) => items) };
}

/**
 * Puts a job's news where it stands, or a new job at its place by age. An older job than any that is
 * loaded is left for its own page.
 */
export function withJob<Cursor>(
  pages: InfiniteData<JobPage, Cursor> | undefined,
  job: Job,
): InfiniteData<JobPage, Cursor> | undefined {
  if (pages === undefined) return pages;
  const isKnown = pages.pages.some(({ items }) => items.some(({ id }) => id === job.id));
  if (!isKnown) return { ...pages, pages: withNewJob(pages.pages, job) };
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((known) => (known.id === job.id ? newerJob(known, job) : known)),
    })),
  };
}

function withNewJob(pages: readonly JobPage[], job: Job): JobPage[] {
  const isOlder = (known: Job) => Date.parse(known.createdAt) < Date.parse(job.createdAt);
  const isLastPage = (page: JobPage) => page.nextCursor === null;
  const pageAt = pages.findIndex((page) => page.items.some(isOlder) || isLastPage(page));
  return pages.map((page, index) => {
    if (index !== pageAt) return page;
    const before = page.items.findIndex(isOlder);
    const at = before === -1 ? page.items.length : before;
    return { ...page, items: page.items.toSpliced(at, 0, job) };
  });
}

/** Takes a deleted job off the list. */
export function withoutJob<Cursor>(
  pages: InfiniteData<JobPage, Cursor> | undefined,
  jobId: string,
): InfiniteData<JobPage, Cursor> | undefined {
  if (pages === undefined) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.filter(({ id }) => id !== jobId),
    })),
  };
}

/** Erases a finished job and its pictures, also from what this page remembers. */
export function useDeleteJob(o: {
  /** Forgets what the browser keeps of the job. */
  onDeleted: (jobId: string) => Promise<void>;
}) {
  const utils = trpc.useUtils();
  const queryClient = useQueryClient();
  return trpc.jobs.delete.useMutation({
    onSuccess: async (_, { jobId }) => {
      const originalId = utils.jobs.get.getData({ jobId })?.input.imageAssetId;
      utils.jobs.list.setInfiniteData(PAGE, (pages) => withoutJob(pages, jobId));
      // Setting the data to undefined would leave it as it is.
      queryClient.removeQueries({ queryKey: getQueryKey(trpc.jobs.get, { jobId }) });
      if (originalId !== undefined) {
        const asset = getQueryKey(trpc.assets.get, { assetId: originalId });
        queryClient.removeQueries({ queryKey: asset });
      }
      await o.onDeleted(jobId);
    },
  });
}
