import type { Phrase } from "./phrase.ts";

/** A branch of the phrasebook's tree: the letters that may follow, and the phrase that ends here. */
export interface PhraseTree {
  next: Map<string, PhraseTree>;
  phrase: Phrase | null;
  /** A word that is known as a word but has no English. */
  isWord: boolean;
}

/** A stretch of text: what the phrasebook says of it, or `null` for what it does not know. */
export interface Segment {
  text: string;
  phrase: Phrase | null;
}

/** A tree over phrases and over common words that have no English. */
export function growPhraseTree(phrases: readonly Phrase[], words: readonly string[]): PhraseTree {
  const root: PhraseTree = { next: new Map(), phrase: null, isWord: false };
  const at = (text: string): PhraseTree => {
    let node = root;
    for (const letter of text) {
      const next = node.next.get(letter) ?? { next: new Map(), phrase: null, isWord: false };
      node.next.set(letter, next);
      node = next;
    }
    return node;
  };
  for (const phrase of phrases) at(phrase.th).phrase = phrase;
  for (const word of words) at(word).isWord = true;
  return root;
}

/** What a segment costs: few known ones beat many, and any known one beats unknown letters. */
const COST = { phrase: 10, word: 14, repeated: 2, cluster: 30, unknownStart: 5 } as const;

/** A mark that belongs to the letter before it, so that no word can begin with it. */
const JOINS_BEFORE = /\p{Mn}|[\u0E30\u0E32\u0E33\u0E45]/u;
/** A vowel written before its consonant, so that no word can end with it. */
const JOINS_AFTER = /[\u0E40-\u0E44]/;

interface Step {
  cost: number;
  end: number;
  phrase: Phrase | null;
  /** `skip`: a letter typed once more than the word has. */
  kind: "known" | "unknown" | "skip" | "end";
}

/**
 * Splits Thai text without spaces into the fewest known words, the longest first where several
 * splits are as good, by dynamic programming from the end. Takes time in proportion to its length.
 */
export function segment(text: string, tree: PhraseTree): Segment[] {
  const best: Step[] = [];
  best[text.length] = { cost: 0, end: text.length, phrase: null, kind: "end" };
  for (let start = text.length - 1; start >= 0; start -= 1)
    best[start] = bestStep(text, start, { best, tree });
  return walk(text, best);
}

function bestStep(text: string, start: number, o: { best: Step[]; tree: PhraseTree }): Step {
  const after = o.best[start + 1];
  const afterCost = after?.cost ?? 0;
  const isInsideUnknown = after?.kind === "unknown";
  let step: Step = {
    cost: afterCost + COST.cluster + (isInsideUnknown ? 0 : COST.unknownStart),
    end: start + 1,
    phrase: null,
    kind: "unknown",
  };
  const isRepeat = start > 0 && text[start] === text[start - 1];
  if (isRepeat && afterCost + COST.repeated < step.cost) {
    step = { cost: afterCost + COST.repeated, end: start + 1, phrase: null, kind: "skip" };
  }
  if (JOINS_BEFORE.test(text[start] ?? "")) return step;
  let node: PhraseTree | undefined = o.tree;
  for (let end = start; end < text.length;) {
    node = node.next.get(text[end] ?? "");
    if (node === undefined) break;
    end += 1;
    if (node.phrase === null && !node.isWord) continue;
    if (!isWordEnd(text, end)) continue;
    const cost = (o.best[end]?.cost ?? 0) + (node.phrase === null ? COST.word : COST.phrase);
    // `<=`: of equally good splits the one with the longer first word.
    if (cost <= step.cost) step = { cost, end, phrase: node.phrase, kind: "known" };
  }
  return step;
}

function isWordEnd(text: string, end: number): boolean {
  const next = text[end] ?? "";
  const last = text[end - 1] ?? "";
  return (!JOINS_BEFORE.test(next) || next === last) && !JOINS_AFTER.test(last);
}

function walk(text: string, best: readonly Step[]): Segment[] {
  const segments: Segment[] = [];
  let unknown = "";
  const endUnknown = (): void => {
    if (unknown !== "") segments.push({ text: unknown, phrase: null });
    unknown = "";
  };
  for (let start = 0; start < text.length;) {
    const step = best[start];
    if (step === undefined) break;
    if (step.kind === "unknown") unknown += text.slice(start, step.end);
    else if (step.kind === "skip" && unknown !== "") unknown += text.slice(start, step.end);
    else if (step.kind === "known") {
      endUnknown();
      segments.push({ text: text.slice(start, step.end), phrase: step.phrase });
    }
    start = step.end;
  }
  endUnknown();
  return segments;
}
