import type { RunpodReport } from "@ob/runpod";
import type { Run } from "./scripted-gpu.ts";

/** What a worker answers with that drew a picture: by default the very picture it was sent. */
export function completedReport(
  run: Run,
  picture: Uint8Array = run.attempt.images[0]?.bytes ?? new Uint8Array(),
): RunpodReport {
  const data = Buffer.from(picture).toString("base64");
  const filename = `${run.filePrefix}_00001_.png`;
  return {
    kind: "completed",
    output: { images: [{ filename, type: "base64", data }] },
    delayMs: 400,
    executionMs: 4_000,
  };
}
