/**
 * JSON text for a `::text::jsonb` parameter; dates become ISO strings, absent keys stay absent.
 * (postgres.js would quote a string a second time if the parameter itself were typed jsonb.)
 */
export function jsonText(value: object): string {
  return JSON.stringify(value);
}
