/** The caller's `x-request-id` when well-formed (8 to 128 letters, digits, `._-`), else a fresh one. */
export function requestIdOf(given: string | null, newId: () => string): string {
  return given !== null && /^[A-Za-z0-9._-]{8,128}$/.test(given) ? given : newId();
}
