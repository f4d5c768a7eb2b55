import { useMemo } from "react";
import { queryOptions, skipToken, useQuery } from "@tanstack/react-query";
import type { Asset } from "@ob/api";
import { useSession } from "../../shared/api/session-context.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import { uploadPicture, type UploadPorts } from "../../shared/api/upload-picture.ts";
import { useDebounced } from "../../shared/lib/use-debounced.ts";
import { exportMaskInWorker } from "./painter/export-mask-in-worker.ts";
import { maskKey, visibleOps, type MaskHistory } from "./painter/mask-history.ts";
import type { Photo } from "./read-photo.ts";

/** A pause this long after the last stroke, and the mask is sent ahead of the button. */
const SEND_AFTER_MS = 1_200;

/** The mask as the server has it; equal masks are sent once, so undoing a stroke costs nothing. */
export function maskAssetQuery(
  ports: UploadPorts,
  { photo, history }: { photo: Photo; history: MaskHistory },
) {
  const ops = visibleOps(history);
  return queryOptions({
    queryKey: ["mask-asset", photo.id, maskKey(ops)],
    staleTime: Infinity,
    gcTime: 30 * 60_000,
    retry: false,
    queryFn: async ({ signal }): Promise<Asset> => {
      const picture = { width: photo.width, height: photo.height };
      const body = await exportMaskInWorker({ picture, ops });
      return uploadPicture(ports, { kind: "mask", body, contentType: "image/png", signal });
    },
  });
}

/** Sends the painted mask in the background; null while there is none or it is still on its way. */
export function useMaskAsset(o: {
  photo: Photo | null;
  history: MaskHistory;
  isWanted: boolean;
}): Asset | null {
  const session = useSession();
  const client = trpc.useUtils().client;
  const { photo, history } = o;
  const settled = useDebounced(history, SEND_AFTER_MS);
  const options = useMemo(
    () => (photo === null ? null : maskAssetQuery({ client, session }, { photo, history })),
    [client, session, photo, history],
  );
  const query = useQuery(
    options === null
      ? { queryKey: ["mask-asset"], queryFn: skipToken }
      : { ...options, enabled: o.isWanted && settled === history },
  );
  return query.data ?? null;
}
