import { z } from "zod";
import type { ChatMessage } from "./prompt-rewriter.ts";

export interface RewriteRequest {
  readonly prompt: string;
  readonly compiled: string;
}
const Answer = z.strictObject({ rewritten: z.string().min(1).max(2_000) });
export function buildRewriteRequest(request: RewriteRequest): ChatMessage[] {
  return [
    { role: "system", content: 'Answer JSON {"rewritten": "..."}' },
    { role: "user", content: JSON.stringify(request) },
  ];
}
export function readRewrite(
  answer: string,
  { prompt }: RewriteRequest,
): { ok: true; en: string } | { ok: false; reason: string } {
  let json: unknown = null;
  try {
    json = JSON.parse(answer);
  } catch {
    return { ok: false, reason: "schema" };
  }
  const parsed = Answer.safeParse(json);
  if (!parsed.success) return { ok: false, reason: "schema" };
  const literals = [...prompt.matchAll(/"([^"]+)"/gu)].map((m) => m[0]);
  if (literals.some((l) => !parsed.data.rewritten.includes(l)))
    return { ok: false, reason: "literals" };
  return { ok: true, en: parsed.data.rewritten.replaceAll(/<\|[^|]*\|>/gu, "") };
}
