import { FileRefused, property, readRefusal, ServerUnreachable } from "./app-error.ts";

/** Fetches a picture's bytes. @throws {FileRefused} the server's refusal. @throws {ServerUnreachable} when no picture came. */
export async function fetchPicture(url: string): Promise<Blob> {
  try {
    const answer = await fetch(url);
    if (answer.ok) return await answer.blob();
    const body: unknown = await answer.json();
    const refusal = readRefusal(property(body, "error"));
    if (refusal !== null) throw new FileRefused(refusal);
    throw new ServerUnreachable(`${answer.status}`);
  } catch (cause) {
    if (cause instanceof FileRefused) throw cause;
    throw new ServerUnreachable("no picture", { cause });
  }
}
