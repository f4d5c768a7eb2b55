/** A sentence for each id that is there a second time. */
export function duplicates(what: string, ids: readonly string[]): string[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `${what} "${id}" stands twice`);
}
