import { setTimeout as pause } from "node:timers/promises";
import type { Job } from "@ob/api";
import sharp from "sharp";
import { editRequest } from "../world/edit-request.ts";
import type { PhotoToEdit } from "./photos.ts";
import type { Client, Tracker } from "./use-studio.ts";

/** One edit as the studio page does it; resolves once the user holds the right picture. @throws whatever goes wrong */
export async function editOnce(
  client: Client,
  { photo, tracker }: { photo: PhotoToEdit; tracker: Tracker },
): Promise<void> {
  const contentType = photo.name.endsWith(".png") ? "image/png" : "image/jpeg";
  const imageAssetId = await upload(client, tracker, { ...photo, kind: "image", contentType });
  const mask = { bytes: photo.mask, kind: "mask", contentType: "image/png" } as const;
  const maskAssetId = await upload(client, tracker, mask);
  const request = editRequest({ imageAssetId, maskAssetId });
  const { service, input } = request;
  const { credits } = await tracker.time("quote", () =>
    client.trpc.jobs.quote.query({ service, input }),
  );
  const job = await tracker.time("create", () =>
    client.trpc.jobs.create.mutate({ ...request, quotedCredits: credits }),
  );
  await download(await watch(client, tracker, job.id), { photo, tracker });
}

interface UploadedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kind: "image" | "mask";
  readonly contentType: "image/png" | "image/jpeg";
}

async function upload(client: Client, tracker: Tracker, file: UploadedFile): Promise<string> {
  const { kind, contentType, bytes } = file;
  const uploadId = await tracker.time("upload", async () => {
    const asked = { kind, contentType, bytes: bytes.byteLength };
    const ticket = await client.trpc.uploads.create.mutate(asked);
    const { method, headers } = ticket;
    const answer = await fetch(ticket.url, { method, headers, body: bytes });
    if (!answer.ok) throw new Error(`the PUT was answered ${answer.status}`);
    await answer.arrayBuffer();
    return ticket.uploadId;
  });
  const asset = await tracker.time("finish", () => client.trpc.uploads.finish.mutate({ uploadId }));
  return asset.assetId;
}

/** Follows the job to its end, as the page does. */
async function watch(client: Client, tracker: Tracker, jobId: string): Promise<Job> {
  let sinceMs = performance.now();
  const reach = (stage: "wait" | "draw" | "store") => {
    if (tracker.stage !== stage) return;
    tracker.note(stage, performance.now() - sinceMs);
    sinceMs = performance.now();
    const next = { wait: "draw", draw: "store", store: "seen" } as const;
    tracker.enter(next[stage]);
  };
  tracker.enter("wait");
  for await (const job of client.watch(jobId)) {
    if (job.status === "failed" || job.status === "cancelled") {
      throw new Error(`the job ended ${job.status}: ${job.error?.code ?? "?"}`);
    }
    if (job.status !== "queued") reach("wait");
    if (job.status === "storing" || job.status === "done") reach("draw");
    if (job.status !== "done") continue;
    reach("store");
    tracker.note("seen", Date.now() - Date.parse(job.finishedAt ?? ""));
    return job;
  }
  throw new Error("the stream ended before the job");
}

/** Takes the picture home and looks whether it is the right one. */
async function download(
  { result }: Job,
  { photo, tracker }: { photo: PhotoToEdit; tracker: Tracker },
): Promise<void> {
  if (result === null) throw new Error("done without a result");
  const bytes = await tracker.time("download", async () => {
    const answer = await fetch(result.downloadUrl);
    if (!answer.ok) throw new Error(`the download was answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  });
  const { format, width, height } = await sharp(bytes).metadata();
  const isWhole = format === "png" && bytes.byteLength === result.bytes;
  if (!isWhole || width !== photo.width || height !== photo.height) {
    throw new Error(`a ${format} of ${width}×${height} instead of ${photo.width}×${photo.height}`);
  }
  if (result.fidelity.changedOutsideMask !== 0) throw new Error("pixels outside the mask changed");
  // People look at what they got.
  await pause(500 + Math.random() * 1_000);
}
