import { describeError, withoutQuery } from "./describe-error.ts";

const SECRET_KEY =
  /authorization|cookie|password|passwd|secret|token|api[-_]?key|signature|credential|prompt|^url$|databaseUrl/i;

/** Fields of a log line with the values of secret keys blotted out and errors described, at most six deep. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      SECRET_KEY.test(key) && value !== null ? "[redacted]" : clean(value, 6),
    ]),
  );
}

function clean(value: unknown, depth: number): unknown {
  if (value instanceof Error) return describeError(value);
  if (typeof value === "string") return withoutQuery(value);
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (depth === 0) return "[deep]";
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value))
    return value.slice(0, 50).map((item: unknown) => clean(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      SECRET_KEY.test(key) && inner !== null ? "[redacted]" : clean(inner, depth - 1),
    ]),
  );
}
