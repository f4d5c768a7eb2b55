/** A text in quotes: what the user wants to read in the picture. */
export interface Literal {
  /** Letter for letter, without its quotes. */
  text: string;
  /** The literal with its quotes as it stands in the request. */
  quoted: string;
  /** Index of its opening quote in the request, in code units. */
  start: number;
}

/** Straight and curly double quotes, guillemets and corner brackets; a quotation ends on its line. */
const QUOTED = /"([^"\n]+)"|“([^“”\n]+)”|«([^«»\n]+)»|「([^「」\n]+)」/g;

/** The quoted texts of a request in their order; a quote that is never closed opens nothing. */
export function findLiterals(request: string): Literal[] {
  return [...request.matchAll(QUOTED)]
    .map((match) => ({
      text: match[1] ?? match[2] ?? match[3] ?? match[4] ?? "",
      quoted: match[0],
      start: match.index,
    }))
    .filter((literal) => literal.text.trim() !== "");
}
