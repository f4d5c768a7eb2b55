/** Imperatives an English request may begin with; anything else is introduced first. */
const VERBS = new Set(
  "add adjust apply blur brighten bring change clean clear color colorize convert correct crop cut darken decorate delete draw dress dye enhance enlarge erase extend fill fix give hide improve increase insert keep lighten lower make move paint place put recolor reduce relight remove repair replace restore restyle retouch rotate sharpen show shrink smooth soften straighten swap take turn use wrap write zoom".split(
    " ",
  ),
);

/**
 * A normalised free request as sentences of the instruction. English beginning with a verb is taken
 * as it is; everything else is quoted between curly quotes, which the request itself cannot close.
 */
export function requestSentence(request: string, isFirst: boolean): string {
  const line = joinLines(request);
  const isEnglish =
    /[a-z]/i.test(line) && !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(line);
  const firstWord = /^[a-z]+/i.exec(line)?.[0].toLowerCase() ?? "";
  if (isEnglish && VERBS.has(firstWord)) {
    const sentence = line.charAt(0).toUpperCase() + line.slice(1);
    return /[.!?]["”]?$/.test(sentence) ? sentence : `${sentence}.`;
  }
  const quoted = `“${line.replace(/[“”]/g, '"')}”`;
  const language = /\p{Script=Thai}/u.test(line) ? ", written in Thai" : "";
  return `${isFirst ? "Edit" : "Also edit"} the picture to follow this request${language}: ${quoted}.`;
}

/** A request of several lines as one: a line that ends without punctuation gets a semicolon. */
export function joinLines(request: string): string {
  return request.replace(
    /([.!?,;:])?\n+/g,
    (_match, mark: string | undefined) => `${mark ?? ";"} `,
  );
}
