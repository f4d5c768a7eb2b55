const REPR_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Writes a JSON value as Python's `str()` of the same dict or list would. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "object") throw new TypeError(`JSON has no ${typeof value}.`);
  const entries = Object.entries(value).map(([key, each]) => `${quote(key)}: ${pythonRepr(each)}`);
  return `{${entries.join(", ")}}`;
}

/** Writes a JSON value as Python's `json.dumps` does by default: spaced and ASCII only. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, each]) => `${pythonJson(key)}: ${pythonJson(each)}`,
    );
    return `{${entries.join(", ")}}`;
  }
  return (JSON.stringify(value) ?? "null").replaceAll(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

// Python prefers single quotes, and double ones where that saves escaping.
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll(/[\\\n\r\t]/g, (char) => REPR_ESCAPES[char] ?? char);
  const body = mark === "'" ? escaped.replaceAll("'", "\\'") : escaped;
  return mark + body + mark;
}
