import { RewriterFailed } from "@ob/api";
import type { PromptRewriter, RewriteRequest } from "@ob/workflow";
import { z } from "zod";

/** Where an OpenAI-compatible service answers. */
export interface RewriterOptions {
  /** Such as `https://api.openai.com/v1`; `/chat/completions` is appended. */
  readonly baseUrl: string;
  /** Null = the service wants none. */
  readonly apiKey: string | null;
  readonly model: string;
  readonly fetch: typeof fetch;
  /** For connecting, waiting and reading together. @default 8000 */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 8_000;
/** An instruction is under 2 KB; what is longer than this is none. */
const MAX_ANSWER_BYTES = 65_536;

/** @see https://platform.openai.com/docs/api-reference/chat/object */
const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** Speaks `POST /chat/completions`, once, without following redirects. */
export function createOpenAiRewriter(options: RewriterOptions): PromptRewriter {
  const { apiKey, model, timeoutMs = TIMEOUT_MS } = options;
  const url = `${options.baseUrl.replace(/\/+$/, "")}/chat/completions`;
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
    ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  return {
    async rewrite(request) {
      const signal = AbortSignal.timeout(timeoutMs);
      const body = JSON.stringify(askFor(model, request));
      try {
        const answer = await options.fetch(url, {
          method: "POST",
          headers,
          body,
          signal,
          // A key given to one host is not shown to another.
          redirect: "error",
        });
        if (!answer.ok) {
          await answer.body?.cancel();
          throw new RewriterFailed("status", answer.status);
        }
        return readContent(await readBounded(answer));
      } catch (thrown) {
        if (thrown instanceof RewriterFailed) throw thrown;
        throw new RewriterFailed(signal.aborted ? "timeout" : "unreachable");
      }
    },
  };
}

/** Any JSON object is asked for rather than the schema: few compatible services know more. */
function askFor(model: string, { messages, maxTokens }: RewriteRequest): object {
  return {
    model,
    messages,
    temperature: 0,
    max_tokens: maxTokens,
    response_format: { type: "json_object" },
    stream: false,
  };
}

/** The body as text. @throws {RewriterFailed} once it is too large, without reading on */
async function readBounded(answer: Response): Promise<string> {
  const body: AsyncIterable<Uint8Array> = answer.body ?? ReadableStream.from([]);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new RewriterFailed("too-large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readContent(text: string): string {
  const parsed = Completion.safeParse(parseOrNull(text));
  const content = parsed.data?.choices[0]?.message.content;
  if (content === undefined) throw new RewriterFailed("malformed");
  return content;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
