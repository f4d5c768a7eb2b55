import type { TRPCClient } from "@trpc/client";
import type { Asset } from "../contract/upload.ts";
import { pictureType } from "./picture-type.ts";
import { toStudioError } from "./studio-error.ts";
import type { StudioRouter } from "./studio-router.ts";

/** Bytes of a picture, or a `Blob` or `File` of them. */
export type PictureFile = Blob | Uint8Array | ArrayBuffer;

/** Create, PUT, finish. @throws {TRPCClientError} @throws {StudioError} when the PUT is refused */
export async function uploadFile(
  client: { trpc: TRPCClient<StudioRouter>; fetch: typeof fetch },
  file: PictureFile,
  kind: "image" | "mask",
): Promise<Asset> {
  const bytes = await bytesOf(file);
  const declared = file instanceof Blob ? file.type : "";
  const contentType =
    pictureType(bytes) ?? (declared === "" ? "application/octet-stream" : declared);
  const ticket = await client.trpc.uploads.create.mutate({
    kind,
    contentType,
    bytes: bytes.byteLength,
  });
  const put = await client.fetch(ticket.url, {
    method: ticket.method,
    headers: ticket.headers,
    body: bytes,
  });
  if (!put.ok) throw await toStudioError(put);
  return client.trpc.uploads.finish.mutate({ uploadId: ticket.uploadId });
}

async function bytesOf(file: PictureFile): Promise<Uint8Array<ArrayBuffer>> {
  if (file instanceof Uint8Array) return new Uint8Array(file);
  return new Uint8Array(file instanceof Blob ? await file.arrayBuffer() : file);
}
