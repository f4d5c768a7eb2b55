import { describe, expect, test } from "vitest";

import { convert, loader, reasons, reroute, saver } from "../../../test/ui-graph-pieces.ts";
import { parseGraphJson } from "../parse-graph-json.ts";
import { convertUiGraph } from "./convert-ui-graph.ts";

describe("bad input is refused with a closed reason", () => {
  for (const [what, graph] of [
    ["null", null],
    ["a text", "nodes"],
    ["a list", []],
    ["an empty object", {}],
    ["nodes that are no list", { nodes: {} }],
  ] as const) {
    test(`${what} is no workflow`, () => {
      expect(reasons(convert(graph))).toEqual(["not_a_graph"]);
    });
  }

  test("an object_info that is none is named", () => {
    expect(reasons(convertUiGraph({ nodes: [] }, { objectInfo: [] }))).toEqual(["bad_object_info"]);
  });

  test("a node that cannot be read is named by its id and title", () => {
    const result = convert({ nodes: [{ id: 7, title: "Mine", type: 3 }, null, { type: "Note" }] });
    expect(reasons(result)).toEqual(["bad_node", "bad_node", "bad_node"]);
    expect(result).toMatchObject({
      problems: [{ nodeId: "7", title: "Mine" }, {}, { title: "Note" }],
    });
  });

  test("links that cannot be read are refused, null ones are old and left out", () => {
    expect(reasons(convert({ nodes: [], links: [null, [1, 2], { id: 1 }, "x"] }))).toEqual([
      "bad_link",
      "bad_link",
      "bad_link",
    ]);
  });

  test("two nodes of one canvas must not share an id, be it a number or a text", () => {
    expect(reasons(convert({ nodes: [loader(1), loader("1")] }))).toEqual(["duplicate_node_id"]);
  });

  test("every node whose class the server has not is named with its title", () => {
    const result = convert({
      nodes: [
        { id: 1, type: "Nope", title: "My node" },
        { id: 2, type: "__proto__" },
        { id: 3, type: "constructor" },
      ],
    });
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { nodeId: "1", title: "My node", reason: "unknown_class" },
        { nodeId: "2", reason: "unknown_class" },
        { nodeId: "3", reason: "unknown_class" },
      ],
    });
  });

  test("a group node without a template, or that does not fit it, is told apart from a missing class", () => {
    const nodes = [{ id: 1, type: "workflow>mine", widgets_values: ["a.png", "image", 3] }];
    const template = { index: 0, type: "LoadImage", widgets_values: ["b.png", "image"] };
    expect(reasons(convert({ nodes }))).toEqual(["group_node"]);
    for (const mine of [null, { nodes: [null], links: [] }, { nodes: [template], links: [] }]) {
      const extra = { groupNodes: { mine } };
      expect(reasons(convert({ nodes, extra }))).toEqual(["group_node"]);
    }
  });

  test("an input that names a link or a node that is not there is refused", () => {
    expect(reasons(convert({ nodes: [saver(1, 9)], links: [] }))).toEqual(["missing_link"]);
    expect(reasons(convert({ nodes: [saver(1, 9)], links: [[9, 5, 0, 1, 0, "IMAGE"]] }))).toEqual([
      "missing_node",
    ]);
  });

  test("links that lead in a circle through reroutes are refused", () => {
    const links = [
      [1, 3, 0, 2, 0, "*"],
      [2, 2, 0, 3, 0, "*"],
      [3, 3, 0, 4, 0, "*"],
    ];
    const result = convert({ nodes: [reroute(2, 1), reroute(3, 2), saver(4, 3)], links });
    expect(result).toMatchObject({ ok: false, problems: [{ reason: "link_cycle" }] });
  });

  test("a chain of 20,000 reroutes is followed to its end", () => {
    const count = 20_000;
    const nodes = Array.from({ length: count }, (_, index) => reroute(index + 2, index + 1));
    const links = Array.from({ length: count + 1 }, (_, index) => [
      index + 1,
      index + 1,
      0,
      index + 2,
      0,
      "*",
    ]);
    const result = convert({ nodes: [loader(1), ...nodes, saver(count + 2, count + 1)], links });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.graph[String(count + 2)]?.inputs["images"]).toEqual(["1", 0]);
  });

  test("values that no graph can carry are refused by name: infinite numbers, endless depth", () => {
    const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 1);
    const nodes = (value: unknown): object[] => [
      { id: 1, type: "SaveImage", widgets_values: [value] },
      { id: 2, type: "Note", widgets_values: [value] },
    ];
    expect(reasons(convert({ nodes: nodes(JSON.parse("1e400")) }))).toEqual(["number_not_finite"]);
    expect(reasons(convert({ nodes: nodes(deep) }))).toEqual(["too_deep"]);
  });

  test("a value that only a browser can make is refused, unless it is connected", () => {
    const camera = {
      id: 1,
      type: "WebcamCapture",
      title: "Camera",
      widgets_values: ["", 0, 0, true],
    };
    const result = convert({ nodes: [camera] });
    expect(result).toMatchObject({
      ok: false,
      problems: [{ nodeId: "1", title: "Camera", reason: "needs_browser" }],
    });
  });

  test("input and node names that mean something to JavaScript are names like others", () => {
    const graph = parseGraphJson(
      `{"nodes":[{"id":"__proto__","type":"LoadImage","widgets_values":["a.png","image"]},
        {"id":"constructor","type":"SaveImage","properties":{"__proto__":{"x":1}},"widgets_values":["out"],
         "inputs":[{"name":"images","type":"IMAGE","link":1},{"name":"__proto__","type":"IMAGE","link":2}]}],
       "links":[[1,"__proto__",0,"constructor",0,"IMAGE"],[2,"__proto__",0,"constructor",1,"IMAGE"]]}`,
    );
    const result = convert(graph);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(Object.keys(result.graph)).toEqual(["__proto__", "constructor"]);
    const inputs = result.graph["constructor"]?.inputs ?? {};
    expect(new Map(Object.entries(inputs))).toEqual(
      new Map<string, unknown>([
        ["filename_prefix", "out"],
        ["images", ["__proto__", 0]],
        ["__proto__", ["__proto__", 0]],
      ]),
    );
    expect(Object.getPrototypeOf(inputs)).toBe(Object.prototype);
  });
});
