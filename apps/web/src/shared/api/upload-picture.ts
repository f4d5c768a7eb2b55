import type { Asset } from "@ob/api";
import { isUnanswered, refusalOf } from "./app-error.ts";
import { putFile, type UploadProgress } from "./put-file.ts";
import type { Session } from "./session.ts";
import type { TrpcClient } from "./trpc.ts";

/** What an upload needs of the world. */
export interface UploadPorts {
  readonly client: Pick<TrpcClient, "uploads">;
  readonly session: Session;
}

const TRIES = 3;

/**
 * Signs in as a guest if need be, then sends a picture or a mask; a broken connection is tried again.
 * @throws {TRPCClientError | FileRefused} the server's refusal. @throws {UploadInterrupted} after three breaks.
 */
export async function uploadPicture(
  ports: UploadPorts,
  o: {
    kind: "image" | "mask";
    body: Blob;
    contentType: string;
    signal?: AbortSignal | undefined;
    onProgress?: ((progress: UploadProgress) => void) | undefined;
  },
): Promise<Asset> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      await ports.session.ensure();
      return await sendOnce(ports, o);
    } catch (error) {
      o.signal?.throwIfAborted();
      const signedOut = refusalOf(error)?.code === "AUTH_REQUIRED";
      if (signedOut) ports.session.forget();
      if (left === 0 || !(signedOut || isUnanswered(error))) throw error;
    }
  }
}

async function sendOnce(
  { client }: UploadPorts,
  o: Parameters<typeof uploadPicture>[1],
): Promise<Asset> {
  const { kind, contentType, body } = o;
  const ticket = await client.uploads.create.mutate({ kind, contentType, bytes: body.size });
  await putFile({ ...ticket, body, signal: o.signal, onProgress: o.onProgress });
  return client.uploads.finish.mutate({ uploadId: ticket.uploadId });
}
