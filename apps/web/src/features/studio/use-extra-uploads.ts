import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Asset } from "@ob/api";
import { refusalOf } from "../../shared/api/app-error.ts";
import { useSession } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import type { Photo } from "./read-photo.ts";
import { photoAssetKey, photoAssetQuery, PICTURE_CODES } from "./use-photo-upload.ts";
import type { DraftHandle } from "./use-draft.ts";

/** One further picture on its way to the server. */
export interface ExtraUpload {
  readonly photo: Photo;
  readonly asset: Asset | null;
  /** 0 to 1 while bytes leave; null otherwise. */
  readonly progress: number | null;
  /** Why the upload stopped, when trying again may help. */
  readonly error: unknown;
  readonly retry: () => void;
}

export interface ExtraUploads {
  readonly uploads: readonly ExtraUpload[];
  /** Forgets all assets, because the server no longer has one of them, and sends the pictures again. */
  readonly sendAgain: () => void;
}

/** Sends the further pictures as they are added. One the server refuses leaves the draft, and that is said. */
export function useExtraUploads({ draft, dispatch, store }: DraftHandle): ExtraUploads {
  const { extras } = draft;
  const session = useSession();
  const queryClient = useQueryClient();
  const client = trpc.useUtils().client;
  const [shares, setShares] = useState<Readonly<Record<string, number | null>>>({});
  const queries = useQueries({
    queries: extras.map((photo) =>
      photoAssetQuery(
        { client, session, store },
        {
          photo,
          onProgress: (share) => setShares((before) => ({ ...before, [photo.id]: share })),
        },
      ),
    ),
  });
  const uploads = extras.map((photo, index): ExtraUpload => {
    const query = queries[index];
    return {
      photo,
      asset: query?.data ?? null,
      progress: shares[photo.id] ?? null,
      error: query?.error ?? null,
      retry: () => void query?.refetch(),
    };
  });
  const refused = uploads.find(({ error }) => PICTURE_CODES.has(refusalOf(error)?.code ?? ""));
  const refusedId = refused?.photo.id ?? null;
  const refusedError = refused?.error ?? null;
  useEffect(() => {
    const refusal = refusalOf(refusedError);
    if (refusedId === null || refusal === null) return;
    dispatch({ kind: "extraRefused", photoId: refusedId, trouble: { kind: "refused", refusal } });
  }, [refusedId, refusedError, dispatch]);
  return {
    uploads,
    sendAgain: () => {
      for (const photo of extras) {
        void store
          .saveAsset(photo.id, null)
          .catch(() => null)
          .then(() => queryClient.resetQueries({ queryKey: photoAssetKey(photo) }));
      }
    },
  };
}
