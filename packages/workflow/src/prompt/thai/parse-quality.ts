import type { Adjective, Degree } from "./phrase.ts";
import type { Quality } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads an adjective, with "ไม่" before it and its degree behind it; `null` when none comes next. */
export function parseQuality(reader: TokenReader): Quality | null {
  const start = reader.position;
  const isNegated = reader.take("negation") !== null;
  const before = reader.take("degree")?.degree ?? null;
  const adjective = reader.take("adjective") ?? parseOtherColor(reader) ?? parseLoneShade(reader);
  if (adjective === null) {
    reader.rewind(start);
    return null;
  }
  const quality: Quality = {
    adjective: shaded(adjective, reader),
    degree: null,
    isNegated,
    times: null,
  };
  reader.takeMarker("repeat");
  quality.degree = parseDegree(reader) ?? before;
  quality.times = parseTimes(reader);
  return quality;
}

/** "สี" with a word that is no colour: the colour of that thing, or a name we take as it is. */
function parseOtherColor(reader: TokenReader): Adjective | null {
  if (reader.phraseAt("noun", 0)?.th !== "สี") return null;
  const spaces = reader.isSpace(1) ? 1 : 0;
  const next = reader.peek(1 + spaces);
  const noun = reader.phraseAt("noun", 1);
  const canColor =
    noun !== null &&
    ["food", "thing", "material", "animal", "product", "scene"].includes(noun.class);
  const en = canColor
    ? `${noun.modifier}-colored`
    : next?.kind === "latin"
      ? next.th
      : next?.kind === "unknown"
        ? `“${next.th}”`
        : null;
  if (en === null) return null;
  for (let count = 0; count <= 1 + (canColor ? 0 : spaces); count += 1) reader.skip();
  return { kind: "adjective", th: "สี", en, order: "color", subjects: [] };
}

/** "แสงอ่อน": what is said of colours, said of something else. */
function parseLoneShade(reader: TokenReader): Adjective | null {
  const shade = reader.take("shade");
  return shade === null ? null : { ...shade, kind: "adjective", order: "opinion", subjects: [] };
}

function shaded(color: Adjective, reader: TokenReader): Adjective {
  if (color.order !== "color") return color;
  let { en } = color;
  for (;;) {
    const shade = reader.take("shade");
    if (shade === null) return { ...color, en };
    if (!en.startsWith(`${shade.en} `)) en = `${shade.en} ${en}`;
  }
}

/** Reads how much: "ขึ้น", "อีกนิด", "มาก", "เกินไป" … in any order; the most telling one stands. */
export function parseDegree(reader: TokenReader): Degree | null {
  const found = new Set<Degree>();
  for (;;) {
    const start = reader.position;
    reader.skipSpaces();
    const degree = reader.take("degree");
    if (degree === null) {
      reader.rewind(start);
      break;
    }
    found.add(degree.degree);
    reader.takeMarker("repeat");
  }
  const next = reader.peek(1);
  if (reader.isMarker("go") && (next === null || next.kind === "break")) {
    reader.skip();
    found.add("too");
  }
  if (found.has("less")) return "less";
  if (found.has("too")) return "too";
  if (found.has("slightly")) return "slightly";
  if (found.has("more")) return found.has("very") || found.has("much") ? "much" : "more";
  if (found.has("much")) return "much";
  return found.has("very") ? "very" : null;
}

/** Reads "2 เท่า": how many times as much. */
function parseTimes(reader: TokenReader): number | null {
  const start = reader.position;
  reader.skipSpaces();
  const number = reader.peek();
  const value =
    number?.kind === "number" ? number.value : (reader.phraseAt("number", 0)?.value ?? null);
  if (value !== null) {
    reader.skip();
    reader.skipSpaces();
    if (reader.takeMarker("times") !== null) return value;
  }
  reader.rewind(start);
  return null;
}
