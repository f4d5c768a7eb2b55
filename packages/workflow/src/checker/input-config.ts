import { jsonValue } from "./json-value.ts";
import { readLimit, type NodeInput } from "./node-types.ts";

/** An input's type and settings as ComfyUI repeats them in an error. */
export function inputConfig(input: NodeInput): [unknown, Record<string, unknown>] {
  const settings = Object.entries(input.config).map(([key, value]): [string, unknown] => {
    const exact = key === "min" || key === "max" ? readLimit(value) : null;
    return [key, exact === null ? jsonValue(value) : Number(exact)];
  });
  return [input.type, Object.fromEntries<unknown>(settings)];
}

/** The choices of a combo input, in either of the two ways nodes declare them. */
export function readOptions(input: NodeInput): readonly unknown[] {
  if (typeof input.type !== "string") return input.type;
  const options = input.config["options"];
  return Array.isArray(options) ? options : [];
}
