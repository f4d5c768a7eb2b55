import { z } from "zod";

import type { OutputImage, OutputReading, WantedPictures } from "../backend.ts";
import { isEmptyOutput } from "../is-empty-output.ts";
import { BodyTooLarge, readBytes } from "../read-body.ts";
import { askComfyui } from "./ask-comfyui.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";

const Output = z.object({
  images: z.array(z.object({ filename: z.string(), subfolder: z.string(), type: z.string() })),
});
type OutputFile = z.infer<typeof Output>["images"][number];

/**
 * Fetches the pictures of a completed prompt through `/view`: only files whose names bear the
 * attempt's own prefix, and no more than `maxBytes` of them in all.
 * @throws {GpuUnavailable} | {GpuUnauthorized} when they may be had later
 */
export async function fetchView(
  server: ComfyuiServer,
  { output, want }: { output: unknown; want: WantedPictures },
  signal: AbortSignal,
): Promise<OutputReading> {
  if (isEmptyOutput(output)) return { kind: "nothing" };
  const files = Output.safeParse(output);
  if (!files.success) return { kind: "unreadable", reason: "The output is none of ComfyUI's." };
  if (files.data.images.length === 0) return { kind: "nothing" };
  const ours = files.data.images.filter((file) => isOurs(file, want.filePrefix));
  if (ours.length === 0) {
    return { kind: "unreadable", reason: "No file of the output bears our prefix." };
  }
  const images: OutputImage[] = [];
  let leftBytes = want.maxBytes;
  for (const file of ours) {
    const found = await fetchOne(server, { file, want, leftBytes }, signal);
    if (found.kind === "too-large") {
      return { kind: "unreadable", reason: `The pictures have more than ${want.maxBytes} bytes.` };
    }
    if (found.kind === "missing") continue;
    leftBytes -= found.bytes.byteLength;
    images.push({ filename: file.filename, bytes: found.bytes });
  }
  return images.length === 0 ? { kind: "nothing" } : { kind: "images", images };
}

function isOurs({ filename, subfolder, type }: OutputFile, filePrefix: string): boolean {
  return type === "output" && subfolder === "" && filename.startsWith(`${filePrefix}_`);
}

type Found = { kind: "bytes"; bytes: Uint8Array } | { kind: "too-large" } | { kind: "missing" };

async function fetchOne(
  server: ComfyuiServer,
  o: { file: OutputFile; want: WantedPictures; leftBytes: number },
  signal: AbortSignal,
): Promise<Found> {
  const query = new URLSearchParams(o.file);
  const answer = await askComfyui(
    server,
    {
      operation: "download",
      method: "GET",
      path: `/view?${query.toString()}`,
      filePrefix: o.want.filePrefix,
      // A proxy's sign-in page comes with 200 as well; the picture may still be had later.
      take: async (response, record): Promise<Found | null> => {
        const contentType = response.headers.get("content-type") ?? "none";
        if (!record.check("content type", contentType.startsWith("image/"), contentType)) {
          await response.body?.cancel();
          return null;
        }
        try {
          return { kind: "bytes", bytes: await readBytes(response.body, o.leftBytes) };
        } catch (error) {
          if (!(error instanceof BodyTooLarge)) throw error;
          record.failed({ error });
          return { kind: "too-large" };
        }
      },
    },
    signal,
  );
  return answer.kind === "read" ? answer.value : { kind: "missing" };
}
