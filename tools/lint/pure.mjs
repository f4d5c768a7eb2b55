import { pathOf } from "./path-of.mjs";
import { isTestFile, zoneOfFile } from "./zones.mjs";

const IMPURE_GLOBALS = new Set([
  "process",
  "fetch",
  "performance",
  "crypto",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "console",
  "localStorage",
  "document",
  "window",
]);
const IMPURE_MEMBERS = new Set(["Date.now", "Math.random", "Temporal.Now"]);

/** `ob/pure`: no clock, no randomness and no I/O in a pure zone; they arrive as arguments. */
export const pure = {
  create(context) {
    const path = pathOf(context);
    if (zoneOfFile(path)?.pure !== true || isTestFile(path)) return {};
    const refuse = (node, name) =>
      context.report({ node, message: `${name} in a pure zone: take it as an argument.` });
    return {
      NewExpression(node) {
        if (node.callee.name === "Date" && node.arguments.length === 0) refuse(node, "new Date()");
      },
      MemberExpression(node) {
        const name = `${node.object.name ?? ""}.${node.property.name ?? ""}`;
        if (IMPURE_MEMBERS.has(name)) refuse(node, name);
        if (IMPURE_GLOBALS.has(node.object.name) && isGlobal(context, node.object))
          refuse(node, name);
      },
      CallExpression(node) {
        const { name } = node.callee;
        if (IMPURE_GLOBALS.has(name) && isGlobal(context, node.callee)) refuse(node, name);
      },
    };
  },
};

/** A parameter or import of the same name is no global. */
function isGlobal(context, node) {
  for (let scope = context.sourceCode.getScope(node); scope !== null; scope = scope.upper) {
    const variable = scope.set.get(node.name);
    if (variable !== undefined) return variable.defs.length === 0;
  }
  return true;
}
