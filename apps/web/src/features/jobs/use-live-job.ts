import { skipToken } from "@tanstack/react-query";
import { useEffect, useReducer } from "react";
import type { Job } from "@ob/api";
import { refusalOf } from "../../shared/api/app-error.ts";
import { trpc } from "../../shared/api/trpc.ts";
import { isTerminal, newerJob } from "./job-state.ts";
import { FIRST_LINK, nextLink } from "./live-link.ts";

const POLL_MS = 3_000;
const TRY_STREAM_AFTER_MS = 30_000;
/** Picture addresses are valid for an hour. */
const RENEW_ADDRESSES_MS = 50 * 60_000;

export interface LiveJob {
  readonly job: Job | null;
  /** The server's refusal, such as a job that does not exist. */
  readonly error: unknown;
  readonly connection: "live" | "reconnecting" | "polling";
}

/** One job as it is now: the stream writes into the query cache, everything reads from there. */
export function useLiveJob(jobId: string): LiveJob {
  const utils = trpc.useUtils();
  const [link, dispatch] = useReducer(nextLink, FIRST_LINK);
  const cached = utils.jobs.get.getData({ jobId });
  const isOver = cached !== undefined && isTerminal(cached);
  const query = trpc.jobs.get.useQuery(
    { jobId },
    {
      enabled: link.kind === "poll" || isOver,
      staleTime: link.kind === "poll" && !isOver ? 0 : RENEW_ADDRESSES_MS,
      gcTime: Infinity,
      refetchInterval: isOver ? RENEW_ADDRESSES_MS : POLL_MS,
      refetchOnWindowFocus: false,
      structuralSharing: false,
      retry: false,
    },
  );
  const onJob = (incoming: Job) => {
    utils.jobs.get.setData({ jobId }, (before) => newerJob(before, incoming));
  };
  const isStreaming = link.kind === "stream" && !isOver;
  const stream = trpc.jobs.onUpdate.useSubscription(isStreaming ? { jobId } : skipToken, {
    onData: ({ data }) => {
      dispatch("heard");
      onJob(data);
    },
    onError: (error) => {
      if (refusalOf(error) === null) dispatch("lost");
    },
  });
  // Each failed connection is a new error; the same one seen twice is one loss.
  const loss = isStreaming && stream.status === "connecting" ? stream.error : null;
  useEffect(() => {
    if (loss !== null) dispatch("lost");
  }, [loss]);
  useEffect(() => {
    if (link.kind !== "poll") return;
    const timer = setTimeout(() => dispatch("streamTried"), TRY_STREAM_AFTER_MS);
    return () => clearTimeout(timer);
  }, [link]);
  useEffect(() => {
    if (!isOver) return;
    void utils.credits.balance.invalidate();
    void utils.credits.history.invalidate();
  }, [isOver, jobId, utils]);
  const refused = stream.status === "error" ? stream.error : query.error;
  return {
    job: query.data ?? null,
    error: refusalOf(refused) === null ? null : refused,
    connection: link.kind === "poll" ? "polling" : loss !== null ? "reconnecting" : "live",
  };
}
