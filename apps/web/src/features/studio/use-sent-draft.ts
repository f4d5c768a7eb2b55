import { useEffect, useState } from "react";
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
  const [found, setFound] = useState<{ jobId: string; sent: SentDraft | null } | null>(null);
  useEffect(() => {
    let isWanted = true;
    let photoUrl: string | null = null;
    void store
      .load({ store: "jobs", jobId })
      .catch(() => null)
      .then((kept) => {
        if (!isWanted) return;
        const photo = kept?.photo ?? null;
        photoUrl = photo === null ? null : URL.createObjectURL(photo.blob);
        setFound({ jobId, sent: kept === null ? null : { kept, work: workOf(kept), photoUrl } });
      });
    return () => {
      isWanted = false;
      if (photoUrl !== null) URL.revokeObjectURL(photoUrl);
    };
  }, [store, jobId]);
  return found?.jobId === jobId ? found.sent : undefined;
}

function workOf({ photo, history }: KeptDraft): PhotoInWork | null {
  return photo === null ? null : { photo, painter: new Painter({ picture: photo, history }) };
}
