import { useRef } from "react";
import type { Job } from "@ob/api";
import { isUnanswered } from "../../shared/api/app-error.ts";
import { trpc } from "../../shared/api/trpc.ts";

/** Makes a new job from a failed or cancelled one; the same click never makes two. */
export function useRetryJob(o: {
  jobId: string;
  newId: () => string;
  onRetried: (job: Job) => void;
}) {
  const utils = trpc.useUtils();
  const requestId = useRef<string | null>(null);
  const retry = trpc.jobs.retry.useMutation({
    retry: (count, error) => count < 3 && isUnanswered(error),
    onSuccess: (job) => {
      requestId.current = null;
      utils.jobs.get.setData({ jobId: job.id }, job);
      void utils.credits.balance.invalidate();
      o.onRetried(job);
    },
  });
  return {
    retry: () => {
      if (retry.isPending) return;
      requestId.current ??= o.newId();
      retry.mutate({ jobId: o.jobId, requestId: requestId.current });
    },
    isPending: retry.isPending,
    error: retry.error,
  };
}
