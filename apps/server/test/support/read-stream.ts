import type { Job } from "@ob/api";
import { parsed } from "./trusted.ts";

/** One server-sent event as it came over the wire. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

/** Opens `jobs.onUpdate` as a plain HTTP client. */
export function openStream(
  url: string,
  input: object,
  init: { headers: Record<string, string>; signal?: AbortSignal },
): Promise<Response> {
  const search = encodeURIComponent(JSON.stringify(input));
  return fetch(`${url}/api/trpc/jobs.onUpdate?input=${search}`, init);
}

/** Reads events until the stream ends or is left. */
export async function* readEvents(answer: Response): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let buffer = "";
  const body: AsyncIterable<Uint8Array> = answer.body ?? ReadableStream.from([]);
  for await (const chunk of body) {
    buffer += decoder.decode(chunk, { stream: true });
    for (let end = buffer.indexOf("\n\n"); end >= 0; end = buffer.indexOf("\n\n")) {
      const block = buffer.slice(0, end).trim();
      buffer = buffer.slice(end + 2);
      if (block !== "") yield parseBlock(block);
    }
  }
}

/** Only the jobs, with their ids. */
export async function* readJobs(answer: Response): AsyncGenerator<{ id: number; job: Job }> {
  for await (const event of readEvents(answer)) {
    if (event.event !== "message") continue;
    yield { id: Number(event.id), job: parsed<Job>(event.data) };
  }
}

function parseBlock(block: string): StreamEvent {
  const field = (name: string) =>
    block
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  return { event: field("event") ?? "message", id: field("id") ?? null, data: field("data") ?? "" };
}
