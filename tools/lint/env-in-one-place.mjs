import { pathOf } from "./path-of.mjs";
import { isTestFile, zoneOfFile } from "./zones.mjs";

const ONLY_READER = "apps/server/src/env.ts";

/** `ob/env-in-one-place`: `process.env` is read in one file; everywhere else settings arrive as arguments. */
export const envInOnePlace = {
  create(context) {
    const path = pathOf(context);
    const zone = zoneOfFile(path);
    if (
      zone === null ||
      ["examples", "bench"].includes(zone.name) ||
      path === ONLY_READER ||
      isTestFile(path)
    )
      return {};
    const refuse = (node) =>
      context.report({ node, message: `Only ${ONLY_READER} reads the environment.` });
    return {
      MemberExpression(node) {
        const property = node.property.name ?? node.property.value;
        if (node.object.name === "process" && property === "env") refuse(node);
      },
      ImportDeclaration(node) {
        const isProcess = /^(node:)?process$/.test(node.source.value);
        if (isProcess && node.specifiers.some((each) => each.imported?.name === "env"))
          refuse(node);
      },
    };
  },
};
