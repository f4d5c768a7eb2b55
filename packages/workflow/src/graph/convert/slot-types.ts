import type { LiveNode } from "./live-node.ts";

/** Whether an output of one type may be connected to an input of the other. */
function areTypesCompatible(a: string, b: string): boolean {
  if (isAny(a) || isAny(b)) return true;
  const others = new Set(b.toLowerCase().split(","));
  return a
    .toLowerCase()
    .split(",")
    .some((type) => others.has(type) || isAny(type) || others.has("*"));
}

function isAny(type: string): boolean {
  return type === "" || type === "*";
}

/**
 * The input that stands in for output `slot` of a bypassed node, given the type asked for; null when
 * none fits. The input at the same place comes first, then one of exactly that type, then any that fits.
 */
export function bypassInput(node: LiveNode, of: { slot: number; type: string }): number | null {
  const { inputs } = node;
  if (inputs.length === 0) return null;
  if (isAny(of.type)) return inputs.length > of.slot ? of.slot : 0;
  const outputType = node.outputTypes[of.slot] ?? "*";
  const fits = (type: string): boolean =>
    areTypesCompatible(type, outputType) && areTypesCompatible(type, of.type);
  const same = inputs[of.slot];
  if (same !== undefined && fits(same.type)) return of.slot;
  const exact = inputs.findIndex((input) => input.type === of.type);
  if (exact !== -1) return exact;
  const first = inputs.findIndex((input) => fits(input.type));
  return first === -1 ? null : first;
}
