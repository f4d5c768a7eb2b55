import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { reportOnTemplates } from "../commands/template-report.ts";
import { readObjectInfo } from "../src/checker/read-object-info.ts";
import { parseGraphJson } from "../src/graph/parse-graph-json.ts";

const COMMAND = join(import.meta.dirname, "../commands/convert-graph.ts");
const INFO = join(import.meta.dirname, "ui-graphs/object-info.json");

const folder = mkdtempSync(join(tmpdir(), "ob-convert-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function convert(text: string, more: readonly string[] = ["--object-info", INFO]) {
  const graph = join(folder, "graph.json");
  writeFileSync(graph, text);
  const args = ["--conditions=ob-source", COMMAND, graph, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { code: status, stdout, stderr };
}

const SEED = `{"nodes":[{"id":1,"type":"KSampler","widgets_values":[18446744073709551615,"fixed",20,8,"euler","simple",1]}]}`;

describe("npm run workflow:convert", () => {
  test("prints the graph, the largest seed digit by digit", () => {
    const { code, stdout } = convert(SEED);
    expect(code).toBe(0);
    expect(stdout).toContain('"seed": 18446744073709551615,');
  });

  test("--out writes the graph there and says so", () => {
    const out = join(folder, "api.json");
    const { code, stdout } = convert(SEED, ["--object-info", INFO, "--out", out]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ok: true, out, nodes: 1 });
    expect(readFileSync(out, "utf8")).toContain('"seed": 18446744073709551615,');
  });

  test("what stands in the way is printed with node, title and reason, exit code 1", () => {
    const { code, stdout, stderr } = convert(`{"nodes":[{"id":4,"title":"Mine","type":"Nope"}]}`);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: [{ nodeId: "4", title: "Mine", reason: "unknown_class" }],
    });
    expect(stderr).toContain("node 4 (Mine): unknown_class");
  });

  test("a text that is no JSON, has a key twice or nests without end ends in not_json", () => {
    for (const text of [
      "{",
      `{"nodes":[],"nodes":[]}`,
      "[".repeat(100_000) + "]".repeat(100_000),
    ]) {
      const { code, stdout } = convert(text);
      expect([code, JSON.parse(stdout)]).toMatchObject([1, { problems: [{ reason: "not_json" }] }]);
    }
  });

  test("called wrongly or pointed to nothing it says so, exit code 2", () => {
    const missing = join(folder, "missing", "x.json");
    const calls = [[], ["--object-info", missing], ["--object-info", INFO, "--out", missing]];
    for (const more of calls) {
      const { code, stdout } = convert(SEED, more);
      expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: "COULD_NOT_RUN" } }]);
    }
  });
});

describe("the report of peers:templates", () => {
  test("counts what came out right, what needs other classes or files, and what went wrong", () => {
    const objectInfo = parseGraphJson(readFileSync(INFO, "utf8"));
    const saver = {
      id: 2,
      type: "SaveImage",
      inputs: [{ name: "images", type: "IMAGE", link: 1 }],
    };
    const loaded = (file: string): object => ({
      nodes: [{ id: 1, type: "LoadImage", widgets_values: [file, "image"] }, saver],
      links: [[1, 1, 0, 2, 0, "IMAGE"]],
    });
    const files: Record<string, unknown> = {
      index: [],
      "other-file": loaded("not-here.png"),
      "no-input": { nodes: [{ ...saver, inputs: [] }] },
      "no-link": { nodes: [saver] },
      "other-class": {
        nodes: [
          { id: 1, type: "Newer" },
          { id: 2, type: "Newer" },
        ],
      },
    };
    const report = reportOnTemplates(
      Object.entries(files).map(([name, graph]) => ({ name, text: JSON.stringify(graph) })),
      { objectInfo, nodeTypes: readObjectInfo(objectInfo).nodeTypes },
    );
    expect(report).toMatchObject({
      templates: 4,
      otherFiles: 1,
      converted: 2,
      valid: 1,
      validWithItsFiles: 0,
      needsOtherClasses: 1,
      missingClasses: { Newer: 1 },
      invalid: [
        { template: "no-input", objections: [expect.stringContaining("required_input_missing")] },
      ],
      refused: [{ template: "no-link", problems: [{ reason: "missing_link" }] }],
    });
  });
});
