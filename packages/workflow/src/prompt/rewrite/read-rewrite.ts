import * as z from "zod";

import { normalizeRequest } from "../normalize-request.ts";
import type { RewriteRules } from "./prompt-rewriter.ts";

/** Why a rewriter's answer is not used. */
export type RewriteRefusal =
  | "NOT_JSON"
  | "WRONG_SHAPE"
  | "EMPTY"
  | "TOO_LONG"
  | "NOT_ENGLISH"
  | "LITERAL_LOST"
  | "LITERAL_INVENTED"
  | "KEEP_LOST";

export type RewriteReading =
  | { rewritten: string; refusal: null }
  /** The compiled instruction stands. */
  | { rewritten: null; refusal: RewriteRefusal };

const Answer = z.strictObject({ rewritten: z.string() });

/** Characters of JSON text beyond which an answer is not even parsed. */
const MAX_ANSWER_LENGTH = 100_000;

/**
 * Decides whether a rewriter's answer may take the compiled instruction's place. An answer is data:
 * an object, or its JSON text (a code fence around it is taken off), that fits the schema, has every
 * literal letter for letter and no other, every sentence that protects something, English outside
 * quotes, and no control tokens once cleaned.
 */
export function readRewrite(answer: unknown, rules: RewriteRules): RewriteReading {
  const parsed = typeof answer === "string" ? parseText(answer) : { value: answer };
  if (parsed === null) return refused("NOT_JSON");
  const read = Answer.safeParse(parsed.value);
  if (!read.success) return refused("WRONG_SHAPE");
  if (read.data.rewritten.length > MAX_ANSWER_LENGTH) return refused("TOO_LONG");
  const text = normalizeRequest(read.data.rewritten).replaceAll("\n", " ");
  if (text === "") return refused("EMPTY");
  if (Array.from(text).length > rules.maxLength) return refused("TOO_LONG");
  const refusal = literalRefusal(text, rules);
  if (refusal !== null) return refused(refusal);
  if (rules.keepSentences.some((sentence) => !text.includes(sentence))) return refused("KEEP_LOST");
  return { rewritten: text, refusal: null };
}

function parseText(text: string): { value: unknown } | null {
  if (text.length > MAX_ANSWER_LENGTH) return null;
  const json = text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, "$1");
  try {
    const value: unknown = JSON.parse(json);
    return { value };
  } catch {
    return null;
  }
}

const QUOTED = /"([^"]*)"|“([^“”]*)”|«([^«»]*)»|「([^「」]*)」/g;

function literalRefusal(text: string, { literals, mayQuote }: RewriteRules): RewriteRefusal | null {
  const wanted = [...literals].toSorted((a, b) => b.length - a.length);
  // A literal may have quotes in it, so it is looked for as it is before quotes are read.
  let rest = text;
  for (const literal of wanted) {
    if (!rest.includes(literal)) return "LITERAL_LOST";
    rest = rest.replaceAll(literal, "");
  }
  for (const piece of mayQuote) rest = rest.replaceAll(piece, "");
  for (const match of rest.matchAll(QUOTED)) {
    const inside = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
    if (inside.trim() !== "") return "LITERAL_INVENTED";
  }
  return /[^\x20-\x7E’“”«»「」–—]/.test(rest) || !/[a-z]/i.test(rest) ? "NOT_ENGLISH" : null;
}

function refused(refusal: RewriteRefusal): RewriteReading {
  return { rewritten: null, refusal };
}
