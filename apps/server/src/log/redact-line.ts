const MARK = "[redacted]";

/** Shapes that are secret wherever they stand, whoever made them. */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/(Bearer\s+)[^\s"\\,]+/gi, `$1${MARK}`],
  [/(\/webhooks\/runpod\/)[^\s"\\/?#]+/g, `$1${MARK}`],
  // Signed file and upload paths: what grants access stands before the key.
  [/(\/(?:files|uploads)\/)[^\s"\\/?#]+\.[A-Za-z0-9_-]{20,}/g, `$1${MARK}`],
  [/(postgres(?:ql)?:\/\/[^\s"\\:@/]*:)[^\s"\\@]+(@)/g, `$1${MARK}$2`],
];

/**
 * Makes the last filter a log line passes: every registered secret is blotted out wherever it stands
 * (plain, JSON-escaped or URL-encoded), and so is whatever has the shape of a secret.
 */
export function createRedactor(secrets: readonly string[]): (line: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  // Longest first: a secret that contains another must not leave its tail behind.
  const values = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return (line) => {
    const withoutValues = values.reduce((text, value) => text.replaceAll(value, MARK), line);
    return SECRET_SHAPES.reduce(
      (text, [shape, replacement]) => text.replace(shape, replacement),
      withoutValues,
    );
  };
}
