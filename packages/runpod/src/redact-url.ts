/** Query parameters that are no secret; the value of any other is replaced. */
const PLAIN_PARAMETERS: ReadonlySet<string> = new Set([
  "filename",
  "subfolder",
  "type",
  "preview",
  "wait",
  "list-type",
  "prefix",
  "max-keys",
  "uploads",
  "x-id",
  "x-amz-algorithm",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-signedheaders",
]);

/** A URL without credentials, signatures, tokens in its query, or its fragment. */
export function redactUrl(text: string): string {
  if (!URL.canParse(text)) return `[no URL, ${text.length} characters]`;
  const url = new URL(text);
  const query = [...url.searchParams].map(([name, value]) =>
    PLAIN_PARAMETERS.has(name.toLowerCase()) ? `${name}=${value}` : `${name}=[secret]`,
  );
  const credentials = url.username + url.password === "" ? "" : "[secret]@";
  return `${url.protocol}//${credentials}${url.host}${url.pathname}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** A URL whose path itself is the secret, such as a webhook's: only where it points stays. */
export function redactSecretPath(text: string): string {
  if (!URL.canParse(text)) return "[secret]";
  const url = new URL(text);
  return `${url.protocol}//${url.host}/[secret]`;
}
