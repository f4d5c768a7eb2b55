/** The words with a mention of a picture at their end, one space before and after it. */
export function withMention(prompt: string, mention: string): string {
  const before = prompt.trimEnd();
  return before === "" ? `${mention} ` : `${before} ${mention} `;
}
