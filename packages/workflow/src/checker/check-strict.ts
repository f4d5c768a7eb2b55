import { isComboType, isScalarType, unwrapValue } from "./check-widget.ts";
import type { InputError } from "./graph-verdict.ts";
import { inputConfig, readOptions } from "./input-config.ts";
import { jsonValue } from "./json-value.ts";
import { readLimit, type NodeInput } from "./node-types.ts";
import { pythonStr } from "./python-text.ts";

/**
 * What ComfyUI accepts carelessly and only fails on (or misreads) when it runs, `null` when the
 * value is sound. Asked only about values that ComfyUI itself accepts.
 */
export function checkStrictly(input: NodeInput, value: unknown): InputError | null {
  if (input.type === "COMFY_DYNAMICCOMBO_V3") return strictKey(input, value);
  if (Array.isArray(value)) return strictLink(input, value);
  const literal = unwrapValue(value);
  if (isScalarType(input.type)) return strictScalar(input, literal);
  if (isComboType(input.type) || input.type === "*") return null;
  return complaint(input, value, {
    type: "bad_linked_input",
    message: "Bad linked input, must be a length-2 list of [node_id, slot_index]",
    details: input.name,
  });
}

function strictLink(input: NodeInput, link: readonly unknown[]): InputError | null {
  const [nodeId, slot] = link;
  if (typeof nodeId === "string" && Number.isInteger(slot) && Number(slot) >= 0) return null;
  return complaint(input, link, {
    type: "bad_linked_input",
    message: "Bad linked input, must be a length-2 list of [node_id, slot_index]",
    details: input.name,
  });
}

function strictScalar(input: NodeInput, value: unknown): InputError | null {
  const isNumber =
    (typeof value === "number" && Number.isFinite(value)) || typeof value === "bigint";
  const isSound = {
    INT: isNumber && (typeof value === "bigint" || Number.isInteger(value)),
    FLOAT: isNumber,
    STRING: typeof value === "string",
    BOOLEAN: typeof value === "boolean",
  };
  if (isScalarType(input.type) && !isSound[input.type]) {
    return complaint(input, value, {
      type: "invalid_input_type",
      message: `Failed to convert an input value to a ${input.type} value`,
      details: `${input.name}, ${pythonStr(value)}, not a ${input.type} literal`,
    });
  }
  return typeof value === "number" ? offStep(input, value) : null;
}

function offStep(input: NodeInput, value: number): InputError | null {
  const step = input.config["step"];
  if (typeof step !== "number" || step <= 0) return null;
  const origin = Number(readLimit(input.config["min"]) ?? 0);
  // Limits such as -100 or 0.01 are steps themselves; either may be where counting starts.
  const isOn = [origin, 0].some((start) => {
    const steps = (value - start) / step;
    return Math.abs(steps - Math.round(steps)) < 1e-6 * Math.max(1, Math.abs(steps));
  });
  if (isOn) return null;
  return complaint(input, value, {
    type: "value_off_step",
    message: `Value ${value} is not a multiple of the step ${step}`,
    details: input.name,
  });
}

function strictKey(input: NodeInput, value: unknown): InputError | null {
  const keys = readOptions(input).flatMap((option) =>
    typeof option === "object" && option !== null && "key" in option ? [option.key] : [],
  );
  if (keys.includes(value)) return null;
  return complaint(input, value, {
    type: "value_not_in_list",
    message: "Value not in list",
    details: `${input.name}: '${pythonStr(value)}' not in the list of its options`,
  });
}

function complaint(
  input: NodeInput,
  value: unknown,
  words: { type: string; message: string; details: string },
): InputError {
  return {
    ...words,
    extra_info: {
      input_name: input.name,
      input_config: inputConfig(input),
      received_value: jsonValue(value),
    },
  };
}
