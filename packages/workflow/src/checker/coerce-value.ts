import { PythonError } from "./python-error.ts";
import { pythonRepr, pythonStr, pythonTypeName } from "./python-text.ts";

/** The widget types ComfyUI converts before it compares. */
export type ScalarType = "INT" | "FLOAT" | "STRING" | "BOOLEAN";

/** Python turns no longer text into a whole number. */
const MAX_INT_DIGITS = 4300;
const INT_TEXT = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT_TEXT =
  /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:e[+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i;

/**
 * What Python's `int`, `float`, `str` or `bool` makes of a JSON value.
 * @throws {PythonError} with Python's own message when it makes nothing of it.
 */
export function coerceValue(type: ScalarType, value: unknown): bigint | number | string | boolean {
  switch (type) {
    case "INT":
      return toInt(value);
    case "FLOAT":
      return toFloat(value);
    case "STRING":
      return pythonStr(value);
    case "BOOLEAN":
      return isTruthy(value);
  }
}

function toInt(value: unknown): bigint {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "bigint") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return BigInt(Math.trunc(value));
    throw Number.isNaN(value)
      ? new PythonError("ValueError", "cannot convert float NaN to integer")
      : new PythonError("OverflowError", "cannot convert float infinity to integer");
  }
  if (typeof value === "string") {
    const digits = asciiDigits(pythonTrim(value));
    if (digits.length > MAX_INT_DIGITS && INT_TEXT.test(digits)) {
      throw new PythonError(
        "ValueError",
        `Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
      );
    }
    if (INT_TEXT.test(digits)) return BigInt(digits.replaceAll("_", "").replace(/^\+/, ""));
    throw new PythonError(
      "ValueError",
      `invalid literal for int() with base 10: ${pythonRepr(value)}`,
    );
  }
  throw new PythonError(
    "TypeError",
    `int() argument must be a string, a bytes-like object or a real number, not '${pythonTypeName(value)}'`,
  );
}

function toFloat(value: unknown): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") {
    if (Number.isFinite(Number(value))) return Number(value);
    throw new PythonError("OverflowError", "int too large to convert to float");
  }
  if (typeof value === "string") {
    const text = asciiDigits(pythonTrim(value));
    if (FLOAT_TEXT.test(text) && /[\dan]/i.test(text) && !/^[+-]?\.?e/i.test(text)) {
      if (/nan$/i.test(text)) return Number.NaN;
      if (/inf/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
      return Number(text.replaceAll("_", ""));
    }
    throw new PythonError("ValueError", `could not convert string to float: ${pythonRepr(value)}`);
  }
  throw new PythonError(
    "TypeError",
    `float() argument must be a string or a real number, not '${pythonTypeName(value)}'`,
  );
}

function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value) || Number.isNaN(value);
}

/** Python's white space around a number; JavaScript's `trim` takes another set. */
const SPACE = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const OUTER_SPACE = new RegExp(`^${SPACE}|${SPACE}$`, "g");

function pythonTrim(text: string): string {
  return text.replace(OUTER_SPACE, "");
}

const DECIMAL_DIGIT = /\p{Nd}/u;

/** Python reads any script's decimal digits as a number. */
function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    // The ten digits of a script stand in a row, and rows begin after something else or each other.
    let first = code;
    while (DECIMAL_DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  });
}
