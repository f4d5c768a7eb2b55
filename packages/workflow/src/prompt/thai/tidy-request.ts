import { joinLines } from "../translate-english.ts";
import type { Token } from "./token.ts";

/** The request in Thai without politeness and filler, on one line, for the user to read. */
export function tidyRequest(request: string, tokens: readonly Token[]): string {
  const kept = tokens
    .map((token) => {
      if (token.kind === "phrase" && token.phrase.kind === "filler") return "";
      if (token.kind === "break") return token.strength === "comma" ? ", " : token.th;
      return token.th;
    })
    .join("");
  const tidy = joinLines(kept.replace(/ *\n */g, "\n").trim())
    .replace(/\s+/g, " ")
    .replace(/ +([,;])/g, "$1")
    .replace(/^[\s,;.]+|[\s,;]+$/g, "");
  return tidy === "" ? joinLines(request) : tidy;
}
