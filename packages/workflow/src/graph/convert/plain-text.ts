/** The text of a text, number or truth value; null for what has no plain one. */
export function plainText(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
    case "undefined":
    case "function":
    case "symbol":
      return null;
  }
}
