import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { CreateJobInput, Job, Service } from "@ob/api";
import { isUnanswered, refusalOf } from "../../shared/api/app-error.ts";
import { useSession } from "../../shared/api/session-context.tsx";
import { newUuid } from "../../shared/lib/new-uuid.ts";
import { trpc } from "../../shared/api/trpc.ts";
import { keptDraft, type DraftHandle } from "./use-draft.ts";
import { maskAssetQuery } from "./use-mask-asset.ts";
import { jobInput, type JobAssets } from "./job-input.ts";
import type { LiveQuote } from "./use-quote.ts";

export interface SubmitJob {
  readonly submit: () => void;
  readonly isSubmitting: boolean;
  readonly error: unknown;
}

/**
 * Sends the draft as a job. One intent is one request: a second click does nothing, a broken
 * connection sends the very same again, and only a changed or a refused job gets another id.
 */
export function useSubmitJob(o: {
  handle: DraftHandle;
  service: Service;
  /** The pictures the server has; the mask is taken anew. Null = not all of them yet. */
  assets: Omit<JobAssets, "maskAssetId"> | null;
  isMaskWanted: boolean;
  live: LiveQuote;
  /** Another object whenever draft or mask changed: then an error of before says nothing more. */
  key: object;
  onCreated: (job: Job) => void;
}): SubmitJob {
  const utils = trpc.useUtils();
  const queryClient = useQueryClient();
  const session = useSession();
  const intent = useRef<{ key: string; request: CreateJobInput } | null>(null);
  const isBusy = useRef(false);
  const [isSubmitting, setIsSubmitting] = useState(false);
  const [failure, setFailure] = useState<{ key: object; cause: unknown } | null>(null);
  const create = trpc.jobs.create.useMutation({
    retry: (count, cause) => count < 3 && isUnanswered(cause),
  });
  const send = async (): Promise<void> => {
    const { draft, store } = o.handle;
    const { assets, live } = o;
    if (draft.work === null || assets === null) return;
    const { photo, painter } = draft.work;
    const { history } = painter.getSnapshot();
    const ports = { client: utils.client, session };
    const mask = o.isMaskWanted
      ? await queryClient.fetchQuery(maskAssetQuery(ports, { photo, history }))
      : null;
    const asked = {
      service: o.service.id,
      input: jobInput(draft, { ...assets, maskAssetId: mask?.assetId ?? null }),
    };
    const key = JSON.stringify(asked);
    if (intent.current?.key !== key) {
      const request = {
        requestId: newUuid(),
        ...asked,
        quotedCredits: live.credits,
        quotedServiceVersion: live.serviceVersion,
      };
      intent.current = { key, request };
    }
    const job = await create.mutateAsync(intent.current.request);
    intent.current = null;
    utils.jobs.get.setData({ jobId: job.id }, job);
    await store.save({ store: "jobs", jobId: job.id }, keptDraft(draft)).catch(() => null);
    void utils.credits.balance.invalidate();
    o.onCreated(job);
  };
  const submit = () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setIsSubmitting(true);
    setFailure(null);
    const { key } = o;
    void send()
      .catch((cause: unknown) => {
        setFailure({ key, cause });
        if (refusalOf(cause) !== null) intent.current = null;
        if (refusalOf(cause)?.code === "PRICE_CHANGED") {
          void utils.jobs.quote.invalidate();
          void utils.services.list.invalidate();
        }
        if (refusalOf(cause)?.code === "INSUFFICIENT_CREDITS") {
          void utils.credits.balance.invalidate();
        }
      })
      .finally(() => {
        isBusy.current = false;
        setIsSubmitting(false);
      });
  };
  return { submit, isSubmitting, error: failure?.key === o.key ? failure.cause : null };
}
