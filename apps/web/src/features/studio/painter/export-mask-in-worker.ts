import type { MaskExportRequest } from "./export-mask.ts";
import type { MaskExportAnswer } from "./export-mask.worker.ts";

/** Exports a mask off the main thread. @throws {Error} as exportMask does, or when the worker dies. */
export function exportMaskInWorker(request: MaskExportRequest): Promise<Blob> {
  const worker = new Worker(new URL("./export-mask.worker.ts", import.meta.url), {
    type: "module",
  });
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  worker.addEventListener("message", (event: MessageEvent<MaskExportAnswer>) => {
    if (event.data.ok) resolve(event.data.png);
    else reject(new Error(event.data.reason));
  });
  worker.addEventListener("error", (event) => reject(new Error(event.message)));
  worker.postMessage(request);
  return promise.finally(() => worker.terminate());
}
