import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Asset } from "@ob/api";
import type { DraftHandle } from "./use-draft.ts";
import { Painter } from "./painter/painter.ts";
import { browserPhotoReader, readPhoto, type Photo } from "./read-photo.ts";

export interface ImageIntake {
  readonly take: (file: TakenFile) => Promise<void>;
  /** Takes a further picture, of which the draft may hold `max`. */
  readonly takeExtra: (file: TakenFile, max: number) => Promise<void>;
  /** Takes a job's result, which the server already has as `asset`; `blob` is what is shown of it. */
  readonly takeResult: (result: { blob: Blob; asset: Asset; jobId: string }) => Promise<void>;
  /** True while a file is held over the page. */
  readonly isDropping: boolean;
  readonly isReading: boolean;
}

export interface TakenFile {
  readonly blob: Blob;
  readonly name: string;
  readonly isFirstOfMany?: boolean;
}

/** One way in for every photo: chosen, dropped anywhere, pasted, a sample, or an earlier result. */
export function useImageIntake({ dispatch, store }: DraftHandle, isOpen: boolean): ImageIntake {
  const reader = useMemo(() => browserPhotoReader(), []);
  const [isReading, setIsReading] = useState(false);
  const latest = useRef(0);
  const take = useCallback<ImageIntake["take"]>(
    async ({ blob, name, isFirstOfMany = false }) => {
      const mine = (latest.current += 1);
      setIsReading(true);
      const reading = await readPhoto({ blob, name }, reader);
      // Of two files in quick succession the later one counts, whichever is read first.
      if (mine !== latest.current) return;
      setIsReading(false);
      if (!reading.ok) return dispatch({ kind: "fileRefused", problem: reading.problem });
      const { photo } = reading;
      const work = { photo, painter: new Painter({ picture: photo }) };
      dispatch({ kind: "photoChosen", work, isFirstOfMany });
      // A full disk must not stop the work; then only the reload is lost.
      await store.savePhoto(photo).catch(() => null);
    },
    [dispatch, reader, store],
  );
  const takeExtra = useCallback<ImageIntake["takeExtra"]>(
    async ({ blob, name }, max) => {
      const reading = await readPhoto({ blob, name }, reader);
      if (!reading.ok) {
        const trouble = { kind: "intake", problem: reading.problem } as const;
        return dispatch({ kind: "extraRefused", trouble });
      }
      dispatch({ kind: "extraAdded", photo: reading.photo, max });
      await store.savePhoto(reading.photo).catch(() => null);
    },
    [dispatch, reader, store],
  );
  const takeResult = useCallback<ImageIntake["takeResult"]>(
    async ({ blob, asset, jobId }) => {
      latest.current += 1;
      const { width, height } = asset;
      const photo: Photo = {
        id: reader.newId(),
        name: `${jobId}.png`,
        blob,
        contentType: "image/webp",
        width,
        height,
        resultOf: jobId,
      };
      await store.saveAsset(photo.id, asset).catch(() => null);
      await store.savePhoto(photo).catch(() => null);
      dispatch({ kind: "photoChosen", work: { photo, painter: new Painter({ picture: photo }) } });
    },
    [dispatch, reader, store],
  );
  const isDropping = useWindowFiles(isOpen, take);
  return { take, takeExtra, takeResult, isDropping, isReading };
}

function useWindowFiles(isOpen: boolean, take: ImageIntake["take"]): boolean {
  const [depth, setDepth] = useState(0);
  useEffect(() => {
    if (!isOpen) return;
    const takeFirst = (files: FileList | undefined) => {
      const file = files?.item(0);
      const isFirstOfMany = (files?.length ?? 0) > 1;
      if (file) void take({ blob: file, name: file.name, isFirstOfMany });
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
