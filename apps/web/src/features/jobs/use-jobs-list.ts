import { skipToken, type InfiniteData } from "@tanstack/react-query";
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

/** Puts a job's news where it stands, or first when it is new. */
export function withJob<Cursor>(
  pages: InfiniteData<JobPage, Cursor> | undefined,
  job: Job,
): InfiniteData<JobPage, Cursor> | undefined {
  const [first, ...rest] = pages?.pages ?? [];
  if (pages === undefined || first === undefined) return pages;
  const isKnown = pages.pages.some(({ items }) => items.some(({ id }) => id === job.id));
  if (!isKnown) return { ...pages, pages: [{ ...first, items: [job, ...first.items] }, ...rest] };
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((known) => (known.id === job.id ? newerJob(known, job) : known)),
    })),
  };
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

/** Erases a finished job and its pictures. */
export function useDeleteJob() {
  const utils = trpc.useUtils();
  return trpc.jobs.delete.useMutation({
    onSuccess: (_, { jobId }) => {
      utils.jobs.list.setInfiniteData(PAGE, (pages) => withoutJob(pages, jobId));
      utils.jobs.get.setData({ jobId }, undefined);
    },
  });
}
