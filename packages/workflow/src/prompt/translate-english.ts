import { asksForStyleInEnglish, englishSubjects } from "./english-subjects.ts";
import { findLiterals } from "./find-literals.ts";
import { picturesNamed } from "./pictures-named.ts";
import type { TranslatedRequest } from "./translated-request.ts";

/** Imperatives an English request may begin with; anything else is introduced first. */
const VERBS = new Set(
  "add adjust apply blur brighten bring change clean clear color colorize convert correct crop cut darken decorate delete draw dress dye enhance enlarge erase extend fill fix give hide improve increase insert keep lighten lower make move paint place put recolor reduce relight remove repair replace restore restyle retouch rotate sharpen show shrink smooth soften straighten swap take turn use whiten wrap write zoom".split(
    " ",
  ),
);

/**
 * A normalised request without a Thai letter. English that begins with a verb is taken as it is;
 * everything else, and every other language, is quoted between curly quotes that it cannot close.
 */
export function translateEnglish(request: string): TranslatedRequest {
  const line = joinLines(request);
  const sentences = line === "" ? [] : [isImperative(line) ? asSentence(line) : quoteRequest(line)];
  return {
    sentences,
    th: line,
    ...englishSubjects(line),
    unknown: [],
    literals: findLiterals(request).map((literal) => literal.text),
    isStyle: asksForStyleInEnglish(line),
    pictures: picturesNamed(line),
  };
}

/** A request that cannot be said in English, quoted so that it cannot end the quotation itself. */
export function quoteRequest(line: string): string {
  const language = /\p{Script=Thai}/u.test(line) ? ", written in Thai" : "";
  return `Edit the picture to follow this request${language}: “${line.replace(/[“”]/g, '"')}”.`;
}

function isImperative(line: string): boolean {
  const isEnglish =
    /[a-z]/i.test(line) && !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(line);
  const firstWord = /^[a-z]+/i.exec(line)?.[0].toLowerCase() ?? "";
  return isEnglish && VERBS.has(firstWord);
}

function asSentence(line: string): string {
  const sentence = line.charAt(0).toUpperCase() + line.slice(1);
  return /[.!?]["”»」]?$/.test(sentence) ? sentence : `${sentence}.`;
}

/** A request of several lines as one: a line that ends without punctuation gets a semicolon. */
export function joinLines(request: string): string {
  return request.replace(
    /([.!?,;:])?\n+/g,
    (_match, mark: string | undefined) => `${mark ?? ";"} `,
  );
}
