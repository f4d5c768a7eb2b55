import { coerceValue, type ScalarType } from "./coerce-value.ts";
import type { InputError } from "./graph-verdict.ts";
import { inputConfig, readOptions } from "./input-config.ts";
import { jsonValue } from "./json-value.ts";
import { readLimit, type NodeInput } from "./node-types.ts";
import { PythonError } from "./python-error.ts";
import { pythonFloat, pythonRepr, pythonStr } from "./python-text.ts";

const SCALARS: readonly string[] = ["INT", "FLOAT", "STRING", "BOOLEAN"] satisfies ScalarType[];

export function isScalarType(type: NodeInput["type"]): type is ScalarType {
  return typeof type === "string" && SCALARS.includes(type);
}

/** Whether an input takes its value from a list of choices. */
export function isComboType(type: NodeInput["type"]): boolean {
  return typeof type !== "string" || type === "COMBO";
}

/**
 * ComfyUI's complaint about a literal, `null` when it has none. `checksItself`: the class validates
 * this input with its own function, which replaces range and list.
 */
export function checkWidget(
  input: NodeInput,
  literal: unknown,
  checksItself: boolean,
): InputError | null {
  const value = unwrapValue(literal);
  let coerced: unknown = value;
  if (isScalarType(input.type)) {
    try {
      coerced = coerceValue(input.type, value);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return conversionError(input, { type: input.type, value, error });
    }
  }
  if (checksItself) return null;
  return rangeError(input, coerced) ?? listError(input, coerced);
}

/** A list is a link in a graph, so list values travel as `{"__value__": […]}`. */
export function unwrapValue(literal: unknown): unknown {
  return typeof literal === "object" && literal !== null && "__value__" in literal
    ? literal.__value__
    : literal;
}

function conversionError(
  input: NodeInput,
  { type, value, error }: { type: ScalarType; value: unknown; error: PythonError },
): InputError {
  return {
    type: "invalid_input_type",
    message: `Failed to convert an input value to a ${type} value`,
    details: `${input.name}, ${pythonStr(value)}, ${error.message}`,
    extra_info: {
      input_name: input.name,
      input_config: inputConfig(input),
      received_value: jsonValue(value),
      exception_message: error.message,
    },
  };
}

function rangeError(input: NodeInput, value: unknown): InputError | null {
  if (typeof value !== "bigint" && typeof value !== "number") return null;
  const min = readLimit(input.config["min"]);
  const max = readLimit(input.config["max"]);
  const isTooSmall = min !== null && value < min;
  const limit = isTooSmall ? min : max !== null && value > max ? max : null;
  if (limit === null) return null;
  const [value_, limit_] = [numberText(input, value), numberText(input, limit)];
  return {
    type: isTooSmall ? "value_smaller_than_min" : "value_bigger_than_max",
    message: isTooSmall
      ? `Value ${value_} smaller than min of ${limit_}`
      : `Value ${value_} bigger than max of ${limit_}`,
    details: input.name,
    extra_info: {
      input_name: input.name,
      input_config: inputConfig(input),
      received_value: jsonValue(value),
    },
  };
}

function numberText(input: NodeInput, value: bigint | number): string {
  return input.type === "FLOAT" ? pythonFloat(Number(value)) : String(value);
}

function listError(input: NodeInput, value: unknown): InputError | null {
  if (!isComboType(input.type)) return null;
  const options = readOptions(input);
  if (options.some((option) => isEqual(option, value))) return null;
  const isLong = options.length > 20;
  const list = isLong ? `(list of length ${options.length})` : pythonRepr(options);
  return {
    type: "value_not_in_list",
    message: "Value not in list",
    details: `${input.name}: '${pythonStr(value)}' not in ${list}`,
    extra_info: {
      input_name: input.name,
      input_config: isLong ? null : inputConfig(input),
      received_value: jsonValue(value),
    },
  };
}

/** Python's `==` between JSON scalars: 1, 1.0 and true are the same. */
function isEqual(a: unknown, b: unknown): boolean {
  const [left, right] = [a, b].map((each) => (typeof each === "boolean" ? Number(each) : each));
  if (typeof left === "bigint" || typeof right === "bigint") return String(left) === String(right);
  return left === right;
}
