import type { Noun } from "./phrase.ts";
import type { NounPhrase, Quantity } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** A noun phrase that is a head and nothing else. */
export function bareNounPhrase(head: NounPhrase["head"]): NounPhrase {
  return {
    head,
    qualities: [],
    compounds: [],
    owner: null,
    quantity: null,
    determiner: null,
    after: [],
    and: [],
  };
}

/** Reads what a noun phrase is about, with "ทุก", "หลาย" or a number before it; `null` when nothing. */
export function parseHead(reader: TokenReader): NounPhrase | null {
  const picture = parsePictureNumber(reader);
  if (picture !== null) return bareNounPhrase({ kind: "picture", number: picture });
  const counted = parseCountedHead(reader);
  if (counted !== null) return counted;
  const noun = reader.take("noun") ?? parseSky(reader) ?? parseMaterial(reader);
  if (noun !== null) return bareNounPhrase({ kind: "noun", noun });
  if (reader.phraseAt("classifier", 0) !== null && reader.isMarker("this", 1)) {
    reader.skip();
    reader.skip();
    return bareNounPhrase({ kind: "latin", text: "this one" });
  }
  const one = parseOneFrom(reader);
  if (one !== null) return one;
  const body = parseOwnBody(reader);
  if (body !== null) return body;
  const token = reader.peek();
  if (token?.kind === "literal") {
    reader.skip();
    return bareNounPhrase({ kind: "literal", text: token.text });
  }
  if (token?.kind === "unknown") {
    reader.skip();
    return bareNounPhrase({ kind: "unknown", text: token.th });
  }
  if (token?.kind === "latin") return bareNounPhrase({ kind: "latin", text: readLatin(reader) });
  return null;
}

/** "เป็นตัวในรูปที่ 2": the one from there. */
function parseOneFrom(reader: TokenReader): NounPhrase | null {
  const relation =
    reader.phraseAt("classifier", 0) === null ? null : reader.phraseAt("relation", 1);
  const isFrom = relation !== null && (relation.th === "ใน" || relation.th === "จาก");
  const isPicture =
    reader.isMarker("picture", 2) || reader.phraseAt("noun", 2)?.class === "picture";
  if (!isFrom || !isPicture) return null;
  reader.skip();
  return bareNounPhrase({ kind: "latin", text: "the one" });
}

/** "ตัวสูงขึ้น": with nothing before it "ตัว" is whoever the picture is of. */
function parseOwnBody(reader: TokenReader): NounPhrase | null {
  const isBody =
    reader.phraseAt("classifier", 0)?.th === "ตัว" &&
    ["size", "opinion"].includes(reader.phraseAt("adjective", 1)?.order ?? "");
  if (!isBody) return null;
  reader.skip();
  const person = { article: null, plural: null, modifier: "person", class: "person" } as const;
  const noun: Noun = { kind: "noun", th: "ตัว", en: "the person", subjects: ["pose"], ...person };
  return bareNounPhrase({ kind: "noun", noun });
}

/** "ฟ้า" with nothing before it is the sky, and else a colour. */
function parseSky(reader: TokenReader): Noun | null {
  const sky = reader.take("adjective", ({ th }) => th === "ฟ้า");
  if (sky === null) return null;
  return {
    kind: "noun",
    th: sky.th,
    en: "sky",
    article: "the",
    plural: null,
    modifier: "sky",
    class: "scene",
    subjects: ["background", "light"],
  };
}

/** "ผ้าซาติน": a material by itself. */
function parseMaterial(reader: TokenReader): Noun | null {
  const adjective = reader.take("adjective", ({ order }) => order === "material");
  if (adjective === null) return null;
  const { th, en } = adjective;
  return {
    kind: "noun",
    th,
    en,
    article: "",
    plural: null,
    modifier: en,
    class: "material",
    subjects: [],
  };
}

/** "รูปที่ 2", "รูป 2", "ภาพที่สอง". */
function parsePictureNumber(reader: TokenReader): number | null {
  const start = reader.position;
  const isPicture =
    reader.takeMarker("picture") !== null ||
    reader.take("noun", (noun) => noun.class === "picture" && noun.article === "a") !== null;
  if (isPicture) {
    reader.skipSpaces();
    const token = reader.peek();
    const value =
      token?.kind === "number" ? token.value : (reader.phraseAt("number", 0)?.value ?? 0);
    const ahead = reader.isSpace(1) ? 2 : 1;
    const isCount =
      reader.phraseAt("classifier", ahead) !== null ||
      reader.phraseAt("noun", ahead)?.class === "picture";
    if (Number.isInteger(value) && value >= 1 && value <= 3 && !isCount) {
      reader.skip();
      return value;
    }
  }
  reader.rewind(start);
  return null;
}

/** "2 คน", "ทุกคน", "หลายคน": people counted without being named first. */
function parseCountedHead(reader: TokenReader): NounPhrase | null {
  const start = reader.position;
  const token = reader.peek();
  const value =
    token?.kind === "number" && !token.th.includes("%")
      ? token.value
      : reader.phraseAt("number", 0)?.value;
  const quantity: Quantity | null =
    value !== undefined
      ? { kind: "count", value }
      : reader.isMarker("all")
        ? { kind: "all" }
        : reader.isMarker("several")
          ? { kind: "several" }
          : null;
  if (quantity === null) return null;
  reader.skip();
  reader.skipSpaces();
  const noun = reader.take("noun");
  if (noun === null) {
    reader.rewind(start);
    return null;
  }
  return { ...bareNounPhrase({ kind: "noun", noun }), quantity };
}

function readLatin(reader: TokenReader): string {
  const words: string[] = [];
  for (;;) {
    const token = reader.peek();
    if (token?.kind !== "latin") break;
    words.push(token.th);
    reader.skip();
    if (reader.spaces() !== 1 || reader.peek(1)?.kind !== "latin") break;
    reader.skip();
  }
  return words.join(" ");
}
