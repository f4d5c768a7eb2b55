import { FileRefused, property, readRefusal, ServerUnreachable } from "./app-error.ts";

/** How much of an upload has left, in bytes. */
export interface UploadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** The upload's connection broke; the same upload may be tried again. */
export class UploadInterrupted extends ServerUnreachable {
  override readonly name = "UploadInterrupted";
}

/**
 * PUTs a file with real progress, which fetch cannot give.
 * @throws {FileRefused} the server's own refusal. @throws {UploadInterrupted} when no answer came.
 */
export function putFile(o: {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Blob;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: UploadProgress) => void) | undefined;
}): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  request.open("PUT", o.url);
  for (const [name, value] of Object.entries(o.headers)) {
    // The browser sets the length itself and refuses to be told.
    if (name.toLowerCase() !== "content-length") request.setRequestHeader(name, value);
  }
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    o.onProgress?.({ loaded, total });
  });
  request.addEventListener("load", () => {
    if (request.status >= 200 && request.status < 300) return resolve();
    const refusal = readRefusal(property(parsedJson(request.responseText), "error"));
    reject(refusal === null ? new UploadInterrupted() : new FileRefused(refusal));
  });
  for (const event of ["error", "timeout", "abort"]) {
    request.addEventListener(event, () => reject(new UploadInterrupted()));
  }
  o.signal?.addEventListener("abort", () => request.abort());
  request.send(o.body);
  return promise;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
