import { useEffect, useMemo, useState } from "react";
import type { KeptDraft, PhotoInWork } from "./draft.ts";
import type { DraftStore } from "./draft-store.ts";
import { Painter } from "./painter/painter.ts";

/** What a job was made from, as far as this browser still has it. */
export interface SentDraft {
  readonly kept: KeptDraft;
  readonly work: PhotoInWork | null;
  /** Address of the photo while the page is open. */
  readonly photoUrl: string | null;
}

/** Reads what a job was sent with; undefined while reading, null when it was sent elsewhere. */
export function useSentDraft(store: DraftStore, jobId: string): SentDraft | null | undefined {
  const [found, setFound] = useState<{ jobId: string; kept: KeptDraft | null } | null>(null);
  useEffect(() => {
    let isWanted = true;
    void store
      .load({ store: "jobs", jobId })
      .catch(() => null)
      .then((kept) => isWanted && setFound({ jobId, kept }));
    return () => {
      isWanted = false;
    };
  }, [store, jobId]);
  const kept = found?.jobId === jobId ? found.kept : undefined;
  const photo = kept?.photo ?? null;
  const photoUrl = useObjectUrl(photo?.blob ?? null);
  const work = useMemo(
    () =>
      photo === null || kept === null || kept === undefined
        ? null
        : { photo, painter: new Painter({ picture: photo, history: kept.history }) },
    [photo, kept],
  );
  if (kept === undefined || kept === null) return kept;
  return { kept, work, photoUrl };
}

function useObjectUrl(blob: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (blob === null) return setUrl(null);
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
