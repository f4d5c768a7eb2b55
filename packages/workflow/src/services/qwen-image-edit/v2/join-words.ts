/** "a", "a and b", "a, b and c"; a comma sets off a last of several that is a list itself. */
export function joinWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  if (items.length < 2) return last;
  const head = items.slice(0, -1).join(", ");
  return items.length > 2 && last.includes(" and ")
    ? `${head}, and ${last}`
    : `${head} and ${last}`;
}
