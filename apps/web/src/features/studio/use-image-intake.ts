import { useCallback, useEffect, useMemo, useState } from "react";
import type { DraftHandle } from "./use-draft.ts";
import { Painter } from "./painter/painter.ts";
import type { MaskHistory } from "./painter/mask-history.ts";
import { browserPhotoReader, readPhoto } from "./read-photo.ts";

export interface ImageIntake {
  readonly take: (file: { blob: Blob; name: string; history?: MaskHistory }) => Promise<void>;
  /** True while a file is held over the page. */
  readonly isDropping: boolean;
  readonly isReading: boolean;
}

/** One way in for every photo: chosen, dropped anywhere, pasted, a sample, or an earlier result. */
export function useImageIntake({ dispatch, store }: DraftHandle, isOpen: boolean): ImageIntake {
  const reader = useMemo(() => browserPhotoReader(), []);
  const [isReading, setIsReading] = useState(false);
  const take = useCallback<ImageIntake["take"]>(
    async ({ blob, name, history }) => {
      setIsReading(true);
      const reading = await readPhoto({ blob, name }, reader).finally(() => setIsReading(false));
      if (!reading.ok) return dispatch({ kind: "fileRefused", problem: reading.problem });
      const { photo } = reading;
      const painter = new Painter({
        picture: photo,
        ...(history === undefined ? {} : { history }),
      });
      dispatch({ kind: "photoChosen", work: { photo, painter } });
      // A full disk must not stop the work; then only the reload is lost.
      await store.savePhoto(photo).catch(() => null);
    },
    [dispatch, reader, store],
  );
  const isDropping = useWindowFiles(isOpen, take);
  return { take, isDropping, isReading };
}

function useWindowFiles(isOpen: boolean, take: ImageIntake["take"]): boolean {
  const [depth, setDepth] = useState(0);
  useEffect(() => {
    if (!isOpen) return;
    const takeFirst = (files: FileList | undefined) => {
      const file = files?.item(0);
      if (file) void take({ blob: file, name: file.name });
      return Boolean(file);
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    window.addEventListener("dragenter", (e) => hasFiles(e) && setDepth((n) => n + 1), { signal });
    window.addEventListener(
      "dragleave",
      (e) => hasFiles(e) && setDepth((n) => Math.max(0, n - 1)),
      {
        signal,
      },
    );
    window.addEventListener("dragover", (e) => hasFiles(e) && e.preventDefault(), { signal });
    window.addEventListener(
      "drop",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDepth(0);
        takeFirst(event.dataTransfer?.files);
      },
      { signal },
    );
    window.addEventListener(
      "paste",
      (event) => {
        if (takeFirst(event.clipboardData?.files)) event.preventDefault();
      },
      { signal },
    );
    return () => {
      listeners.abort();
      setDepth(0);
    };
  }, [isOpen, take]);
  return depth > 0;
}
