/**
 * The order of inputs that a server declares and an `/object_info` with sorted keys has lost: inside
 * a dynamic combo there is no `input_order`. Only groups with several widgets are listed.
 * @see https://github.com/Comfy-Org/ComfyUI/blob/v0.14.1/comfy_extras/nodes_post_processing.py
 */
const DECLARED: readonly (readonly string[])[] = [["width", "height", "crop"]];

/** The inputs in declared order, where sorting has destroyed it and the order is known. */
export function inDeclaredOrder<Input extends { name: string }>(inputs: Input[]): Input[] {
  const names = inputs.map((input) => input.name);
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? "") <= name);
  const declared = DECLARED.find(
    (order) => order.length === names.length && order.every((name) => names.includes(name)),
  );
  if (!isSorted || declared === undefined) return inputs;
  return inputs.toSorted((a, b) => declared.indexOf(a.name) - declared.indexOf(b.name));
}
