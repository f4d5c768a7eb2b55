import { expect, test } from "vitest";

import { NOUN_CLASSES } from "./phrase.ts";
import { PHRASEBOOK, LEXICON } from "./phrasebook.ts";
import { COMMON_WORDS } from "./phrasebook/common-words.ts";
import { segment } from "./segment.ts";
import { translateRequest } from "./translate-request.ts";

test("the phrasebook knows far more than eight hundred terms, each Thai once", () => {
  const terms = PHRASEBOOK.map(({ th }) => th);
  expect(new Set(terms).size).toBe(terms.length);
  expect(PHRASEBOOK.filter((phrase) => "en" in phrase && phrase.en !== "").length).toBeGreaterThan(
    2000,
  );
});

test("a common word is no term of the phrasebook as well", () => {
  const terms = new Set(PHRASEBOOK.map(({ th }) => th));
  expect(COMMON_WORDS.filter((word) => terms.has(word))).toEqual([]);
});

test("every noun class has nouns", () => {
  const used = new Set(
    PHRASEBOOK.flatMap((phrase) => (phrase.kind === "noun" ? [phrase.class] : [])),
  );
  expect(NOUN_CLASSES.filter((one) => !used.has(one))).toEqual([]);
});

test("every Thai term is reached: alone it is segmented as itself", () => {
  const thai = PHRASEBOOK.filter(({ th }) => /^[\u0E00-\u0E7F]+$/.test(th));
  const missed = thai.filter(({ th }) => {
    const segments = segment(th, LEXICON.tree);
    return segments.length !== 1 || segments[0]?.phrase?.th !== th;
  });
  expect(missed.map(({ th }) => th)).toEqual([]);
});

test("every noun is translated: added to a picture it stands in the sentence", () => {
  const missed = PHRASEBOOK.filter((phrase) => {
    if (phrase.kind !== "noun") return false;
    const said = translateRequest(`ลบ${phrase.th}`).sentences.join(" ").toLowerCase();
    const words = [phrase.en, phrase.plural ?? phrase.en].map((word) => word.toLowerCase());
    return !words.some((word) => said.includes(word));
  });
  expect(missed.map(({ th }) => th)).toEqual([]);
});

test("every adjective and colour is translated: a box can be called so", () => {
  const missed = PHRASEBOOK.filter((phrase) => {
    if (phrase.kind !== "adjective") return false;
    const said = translateRequest(`ลบกล่อง${phrase.th}`).sentences.join(" ");
    return !said.includes(phrase.en);
  });
  expect(missed.map(({ th }) => th)).toEqual([]);
});

test("every action is translated: a person can be made to do it", () => {
  const missed = PHRASEBOOK.filter((phrase) => {
    if (phrase.kind !== "action") return false;
    return !translateRequest(`ให้ผู้หญิง${phrase.th}`).sentences.join(" ").includes(phrase.en);
  });
  expect(missed.map(({ th }) => th)).toEqual([]);
});

test("every set phrase is translated as written", () => {
  const missed = PHRASEBOOK.filter((phrase) => {
    if (phrase.kind !== "idiom") return false;
    const said = translateRequest(phrase.th).sentences.join(" ");
    return said.toLowerCase() !== `${phrase.en.toLowerCase()}.`;
  });
  expect(missed.map(({ th }) => th)).toEqual([]);
});

test("no English of the phrasebook has letters that are not English", () => {
  const odd = PHRASEBOOK.filter((phrase) => "en" in phrase && /[^\x20-\x7E]/.test(phrase.en));
  expect(odd.map(({ th }) => th)).toEqual([]);
});
