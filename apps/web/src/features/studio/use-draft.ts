import { useEffect, useMemo, useReducer, useRef } from "react";
import type { Service } from "@ob/api";
import { useKvStore } from "../../shared/lib/kv-context.tsx";
import { createDraftStore, type DraftStore } from "./draft-store.ts";
import {
  EMPTY_DRAFT,
  fittingDraft,
  nextDraft,
  type Draft,
  type DraftEvent,
  type KeptDraft,
} from "./draft.ts";
import { EMPTY_HISTORY } from "./painter/mask-history.ts";

export interface DraftHandle {
  readonly draft: Draft;
  readonly dispatch: (event: DraftEvent) => void;
  readonly store: DraftStore;
}

const SAVE_AFTER_MS = 500;

/** The draft of one service, read from and kept in this browser, so that a reload loses nothing. */
export function useDraft(service: Service): DraftHandle {
  const serviceId = service.id;
  const kv = useKvStore();
  const store = useMemo(() => createDraftStore(kv, Date.now), [kv]);
  const [draft, dispatch] = useReducer(nextDraft, EMPTY_DRAFT);
  const current = useRef(service);
  useEffect(() => {
    current.current = service;
    dispatch({ kind: "serviceChanged", service });
  }, [service]);
  useEffect(() => {
    let isWanted = true;
    void store
      .load({ store: "drafts", serviceId })
      .catch(() => null)
      .then((kept) => {
        if (!isWanted) return;
        const fitting = kept === null ? null : fittingDraft(kept, current.current);
        dispatch({ kind: "loaded", kept: fitting });
      });
    return () => {
      isWanted = false;
    };
  }, [store, serviceId]);
  useKeptDraft({ draft, store, serviceId });
  return { draft, dispatch, store };
}

/** What of a draft is worth keeping. */
export function keptDraft(draft: Draft): KeptDraft {
  const { work, extras, options, prompt, mode, ratio, params } = draft;
  const history = work?.painter.getSnapshot().history ?? EMPTY_HISTORY;
  return { photo: work?.photo ?? null, history, extras, options, prompt, mode, ratio, params };
}

function useKeptDraft({
  draft,
  store,
  serviceId,
}: {
  draft: Draft;
  store: DraftStore;
  serviceId: string;
}): void {
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
    if (!draft.isLoaded) return;
    const save = () =>
      void store.save({ store: "drafts", serviceId }, keptDraft(latest.current)).catch(() => null);
    let timer = setTimeout(save, SAVE_AFTER_MS);
    const unsubscribe = draft.work?.painter.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(save, SAVE_AFTER_MS);
    });
    const saveNow = () => {
      if (document.visibilityState === "hidden") save();
    };
    document.addEventListener("visibilitychange", saveNow);
    window.addEventListener("pagehide", save);
    return () => {
      clearTimeout(timer);
      unsubscribe?.();
      document.removeEventListener("visibilitychange", saveNow);
      window.removeEventListener("pagehide", save);
      save();
    };
  }, [draft, store, serviceId]);
}
