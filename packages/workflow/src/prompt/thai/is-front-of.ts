import type { TokenReader } from "./token-reader.ts";

/** "หน้า" before a place is "in front of", before anything else a face. */
export function isFrontOf(reader: TokenReader): boolean {
  if (reader.phraseAt("noun", 0)?.th !== "หน้า") return false;
  const next = reader.phraseAt("noun", 1)?.class;
  return (
    next !== undefined && ["place", "region", "furniture", "thing", "background"].includes(next)
  );
}
