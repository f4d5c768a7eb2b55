/**
 * The sentences of a compiled instruction that protect something, by how they begin. A full stop
 * inside quotes ends none.
 */
export function keepSentences(en: string): string[] {
  const sentences = en.match(/(?:"[^"]*"|“[^”]*”|[^.!?"“])+[.!?]+/g) ?? [];
  return sentences
    .map((sentence) => sentence.trim())
    .filter((sentence) => /^(?:Keep|Above all, preserve|Change only|Do not) /.test(sentence));
}
