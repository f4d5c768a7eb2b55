import { exportMask, type MaskExportRequest } from "./export-mask.ts";

/** What the worker answers with. */
export type MaskExportAnswer = { ok: true; png: Blob } | { ok: false; reason: string };

self.addEventListener("message", (event: MessageEvent<MaskExportRequest>) => {
  void exportMask(event.data).then(
    (png) => answer({ ok: true, png }),
    (cause: unknown) => answer({ ok: false, reason: String(cause) }),
  );
});

function answer(message: MaskExportAnswer): void {
  self.postMessage(message);
}
