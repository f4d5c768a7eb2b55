import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { checkGraph } from "../src/checker/check-graph.ts";
import { convertUiGraph } from "../src/graph/convert/convert-ui-graph.ts";
import { printGraphJson } from "../src/graph/convert/print-graph-json.ts";
import { parseGraphJson } from "../src/graph/parse-graph-json.ts";

// Each file is a rule, a saved workflow, and the API graph that follows from the rule, written by hand.
const FOLDER = join(import.meta.dirname, "ui-graphs");
const FILES = readdirSync(FOLDER).filter((name) => /^\d\d-.*\.json$/.test(name));

function read(name: string): Map<string, unknown> {
  const document = parseGraphJson(readFileSync(join(FOLDER, name), "utf8"));
  if (typeof document !== "object" || document === null) throw new Error(`${name} is no object`);
  return new Map(Object.entries(document));
}

const OBJECT_INFO = Object.fromEntries(read("object-info.json"));

describe("a saved workflow becomes the API graph its rule gives", () => {
  test("there are cases", () => {
    expect(FILES.length).toBeGreaterThanOrEqual(21);
  });

  for (const name of FILES) {
    const file = read(name);
    test(`${name}: ${String(file.get("rule"))}`, () => {
      const result = convertUiGraph(file.get("graph"), { objectInfo: OBJECT_INFO });
      expect(result).toEqual({ ok: true, graph: file.get("expected") });
    });

    test(`${name}: printed and read again it is the same, whole numbers included`, () => {
      const result = convertUiGraph(file.get("graph"), { objectInfo: OBJECT_INFO });
      if (!result.ok) throw new Error("refused");
      expect(parseGraphJson(printGraphJson(result.graph))).toEqual(file.get("expected"));
    });

    test(`${name}: converting does not change the workflow it is given`, () => {
      const graph = file.get("graph");
      convertUiGraph(graph, { objectInfo: OBJECT_INFO });
      expect(graph).toEqual(read(name).get("graph"));
    });
  }

  test("the API graph given in place of a saved workflow is named as what it is", () => {
    const result = convertUiGraph(read(FILES[0] ?? "").get("expected"), {
      objectInfo: OBJECT_INFO,
    });
    expect(result).toMatchObject({ ok: false, problems: [{ reason: "api_graph" }] });
  });

  test("a saved workflow given to the checker is no graph", () => {
    const verdict = checkGraph(read(FILES[0] ?? "").get("graph"), { files: [] });
    expect(verdict).toMatchObject({ valid: false, error: { type: "invalid_graph" } });
  });
});
