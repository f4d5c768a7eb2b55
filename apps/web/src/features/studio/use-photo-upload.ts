import { queryOptions, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Asset } from "@ob/api";
import { refusalOf } from "../../shared/api/app-error.ts";
import { useSession } from "../../shared/api/session-context.tsx";
import { trpc, type TrpcClient } from "../../shared/api/trpc.ts";
import { uploadPicture, type UploadPorts } from "../../shared/api/upload-picture.ts";
import type { DraftStore } from "./draft-store.ts";
import type { Photo } from "./read-photo.ts";
import type { DraftHandle } from "./use-draft.ts";

/** Codes that mean the picture itself is at fault, not the moment. */
export const PICTURE_CODES = new Set([
  "FILE_TOO_LARGE",
  "IMAGE_UNREADABLE",
  "IMAGE_TYPE_UNSUPPORTED",
  "IMAGE_TOO_MANY_PIXELS",
  "INPUT_INVALID",
]);

export interface PhotoUpload {
  readonly asset: Asset | null;
  /** 0 to 1 while bytes leave; null otherwise. */
  readonly progress: number | null;
  /** Why the upload stopped, when trying again may help. */
  readonly error: UseQueryResult["error"];
  readonly retry: () => void;
  /** Forgets the asset, because the server no longer has it, and sends the photo again. */
  readonly sendAgain: () => void;
}

/** The place of a photo's asset in the query cache. */
export function photoAssetKey(photo: Photo | null): [string, string | undefined] {
  return ["photo-asset", photo?.id];
}

/** The server's copy of a picture: the one kept from before, or sent now. */
export function photoAssetQuery(
  { client, session, store }: UploadPorts & { client: TrpcClient; store: DraftStore },
  { photo, onProgress }: { photo: Photo | null; onProgress: (share: number | null) => void },
) {
  return queryOptions({
    queryKey: photoAssetKey(photo),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
    queryFn: async ({ signal }): Promise<Asset> => {
      if (photo === null) throw new Error("no photo");
      const kept = session.isSignedIn() ? await store.loadAsset(photo.id).catch(() => null) : null;
      if (kept !== null) return kept;
      const { resultOf, blob, contentType } = photo;
      const asset =
        resultOf === undefined
          ? await uploadPicture(
              { client, session },
              {
                kind: "image",
                body: blob,
                contentType,
                signal,
                onProgress: ({ loaded, total }) => onProgress(total === 0 ? null : loaded / total),
              },
            ).finally(() => onProgress(null))
          : await client.assets.fromResult.mutate({ jobId: resultOf }, { signal });
      await store.saveAsset(photo.id, asset).catch(() => null);
      return asset;
    },
  });
}

/** Sends the chosen photo at once, while the user paints. A photo the server refuses gives back the one before. */
export function usePhotoUpload({ draft, dispatch, store }: DraftHandle): PhotoUpload {
  const photo = draft.work?.photo ?? null;
  const session = useSession();
  const queryClient = useQueryClient();
  const client = trpc.useUtils().client;
  const [progress, setProgress] = useState<number | null>(null);
  const query = useQuery({
    ...photoAssetQuery({ client, session, store }, { photo, onProgress: setProgress }),
    enabled: photo !== null,
  });
  const { data, error } = query;
  useEffect(() => {
    if (photo === null) return;
    if (data !== undefined) return dispatch({ kind: "photoAccepted", photoId: photo.id });
    const refusal = error === null ? null : refusalOf(error);
    if (refusal !== null && PICTURE_CODES.has(refusal.code)) {
      dispatch({ kind: "photoRefused", photoId: photo.id, refusal });
    }
  }, [photo, data, error, dispatch]);
  return {
    asset: data ?? null,
    progress,
    error,
    retry: () => void query.refetch(),
    sendAgain: () => {
      if (photo === null) return;
      void store
        .saveAsset(photo.id, null)
        .catch(() => null)
        .then(() => {
          void queryClient.resetQueries({ queryKey: photoAssetKey(photo) });
          void queryClient.resetQueries({ queryKey: ["mask-asset", photo.id] });
        });
    },
  };
}
