import { dirname, join, normalize } from "node:path";
import { pathOf } from "./path-of.mjs";
import { isTestFile, zoneOfFile, zoneOfPackage } from "./zones.mjs";

/** Why `from` may not import `specifier`; null when it may. Both zones stand in `zones.mjs`. */
export function refuseImport({ path, specifier, isType }) {
  const from = zoneOfFile(path);
  if (from === null || isTestFile(path)) return null;
  const isRelative = specifier.startsWith(".");
  const target = isRelative ? normalize(join(dirname(path), specifier)) : null;
  const to = target === null ? zoneOfPackage(specifier) : zoneOfFile(target);
  if (to === null) return refusePackage(from, specifier, isRelative);
  if (target !== null && packageOf(target) !== packageOf(path)) {
    return "leaves its package by a path: import the package by its name";
  }
  if (from.name === to.name) return refuseNeighbour(from, path, target);
  if (from.may === "everything" || from.may.includes(to.name)) return null;
  if (from.mayType?.includes(to.name)) {
    return isType ? null : `${from.name} may import only types of ${to.name}`;
  }
  return `${from.name} may not import ${to.name}`;
}

function packageOf(path) {
  return path.split("/").slice(0, 2).join("/");
}

function refusePackage(from, specifier, isRelative) {
  if (!from.pure || isRelative) return null;
  const isAllowed = from.packages.some(
    (name) => specifier === name || specifier.startsWith(`${name}/`),
  );
  return isAllowed ? null : `${from.name} is pure and may not import ${specifier}`;
}

function refuseNeighbour(from, path, target) {
  if (!from.isolated || target === null) return null;
  const part = (file) => file.slice(from.folder.length + 1).split("/")[0];
  return part(path) === part(target) ? null : `${from.name} never import each other`;
}

/** `ob/import-direction`: imports follow the directions of `zones.mjs`. */
export const importDirection = {
  create(context) {
    const path = pathOf(context);
    const check = (node, source, isType) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const reason = refuseImport({ path, specifier: source.value, isType });
      if (reason !== null)
        context.report({ node, message: `Import of "${source.value}": ${reason}.` });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeImport(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
    };
  },
};

function isTypeImport(node) {
  if (node.importKind === "type") return true;
  return node.specifiers.length > 0 && node.specifiers.every((each) => each.importKind === "type");
}
