import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import { OBJECT_INFO, convert, loader, reasons, saver } from "../../../test/ui-graph-pieces.ts";
import { convertUiGraph } from "./convert-ui-graph.ts";

describe("subgraphs", () => {
  const id = (index: number): string =>
    `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  const withInstances = (index: number, of: number, count: number): object => ({
    id: id(index),
    nodes: Array.from({ length: count }, (_, at) => ({ id: at + 1, type: id(of) })),
    links: [],
  });

  test("a subgraph that contains itself, at once or further down, is refused", () => {
    const subgraphs = [withInstances(1, 2, 1), withInstances(2, 1, 1)];
    const result = convert({ nodes: [{ id: 5, type: id(1) }], definitions: { subgraphs } });
    expect(reasons(result)).toEqual(["subgraph_cycle"]);
  });

  test("one that is used nowhere does no harm", () => {
    const result = convert({ nodes: [], definitions: { subgraphs: [withInstances(1, 1, 1)] } });
    expect(result).toEqual({ ok: true, graph: {} });
  });

  test("nesting without end is refused", () => {
    const subgraphs = Array.from({ length: 5000 }, (_, index) =>
      withInstances(index, index + 1, 1),
    );
    const result = convert({ nodes: [{ id: 1, type: id(0) }], definitions: { subgraphs } });
    expect(reasons(result)).toEqual(["too_deep"]);
  });

  test("a small file that unfolds into ten thousand million nodes is refused", () => {
    const subgraphs = [
      ...Array.from({ length: 9 }, (_, index) => withInstances(index, index + 1, 10)),
      { id: id(9), nodes: Array.from({ length: 10 }, (_, at) => loader(at + 1)), links: [] },
    ];
    const result = convert({ nodes: [{ id: 1, type: id(0) }], definitions: { subgraphs } });
    expect(reasons(result)).toEqual(["too_many_nodes"]);
  });

  test("unfolding into nothing at all, ten thousand million times, is refused as well", () => {
    const subgraphs = [
      ...Array.from({ length: 9 }, (_, index) => withInstances(index, index + 1, 10)),
      { id: id(9), nodes: [{ id: 1, type: "Note" }], links: [] },
    ];
    const result = convert({ nodes: [{ id: 1, type: id(0) }], definitions: { subgraphs } });
    expect(reasons(result)).toEqual(["too_many_nodes"]);
  });

  test("a definition that cannot be read is named", () => {
    const definitions = { subgraphs: [{ id: "x" }, null] };
    expect(reasons(convert({ nodes: [], definitions }))).toEqual(["bad_subgraph", "bad_subgraph"]);
  });

  test("an instance of a definition that is not there is an unknown class", () => {
    expect(reasons(convert({ nodes: [{ id: 1, type: id(3) }] }))).toEqual(["unknown_class"]);
  });
});

describe("texts", () => {
  test("the alternatives are chosen by the function that is given", () => {
    const nodes = [{ id: 1, type: "CLIPTextEncode", widgets_values: ["{a|b|{c|d}} {e|f}"] }];
    const result = convert({ nodes }, { choose: (count) => count - 1 });
    expect(result).toMatchObject({ ok: true, graph: { "1": { inputs: { text: "d f" } } } });
  });

  test("dates stand in file names as soon as the time is known", () => {
    const nodes = [saver(1, null, { widgets_values: ["%date:yyyy-MM-dd_hhmmss yy%/x"] })];
    const at = new Date(2026, 2, 4, 5, 6, 7);
    expect(convert({ nodes }, { now: at })).toMatchObject({
      graph: { "1": { inputs: { filename_prefix: "2026-03-04_050607 26/x" } } },
    });
    expect(convert({ nodes })).toMatchObject({
      graph: { "1": { inputs: { filename_prefix: "%date:yyyy-MM-dd_hhmmss yy%/x" } } },
    });
  });
});

describe("whatever comes in, an answer comes out", () => {
  const slot = fc.record(
    {
      name: fc.constantFrom("images", "image", "image1", "model", "", "__proto__", "seed", "value"),
      type: fc.constantFrom<unknown>("IMAGE", "*", "", "INT,FLOAT", ["a"], null, 0),
      link: fc.oneof(fc.nat(12), fc.constant(null)),
      widget: fc.constantFrom<unknown>(undefined, null, { name: "seed" }, 3),
    },
    { requiredKeys: ["name", "type", "link"] },
  );
  const type = fc.constantFrom(
    "LoadImage",
    "SaveImage",
    "KSampler",
    "ImageBlend",
    "Reroute",
    "PrimitiveNode",
    "PrimitiveInt",
    "ResizeImageMaskNode",
    "BatchImagesNode",
    "CustomCombo",
    "Note",
    "Nope",
    "s0",
    "s1",
    "s2",
  );
  const node = fc.record({
    id: fc.nat(8),
    type,
    mode: fc.constantFrom(0, 0, 0, 2, 4),
    inputs: fc.array(slot, { maxLength: 4 }),
    outputs: fc.array(fc.record({ name: fc.string(), type: fc.constantFrom("IMAGE", "*") }), {
      maxLength: 2,
    }),
    widgets_values: fc.oneof(
      fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 7 }),
      fc.jsonValue({ maxDepth: 1 }),
    ),
    properties: fc.record({
      proxyWidgets: fc.array(
        fc.tuple(
          fc.constantFrom("-1", "0", "1", "2", "3"),
          fc.constantFrom("seed", "value", "images"),
        ),
        { maxLength: 3 },
      ),
    }),
  });
  const nodes = fc.uniqueArray(node, { maxLength: 7, selector: ({ id }) => id });
  const link = fc.tuple(
    fc.nat(12),
    fc.constantFrom(0, 1, 2, 3, 4, -10),
    fc.nat(2),
    fc.constantFrom(0, 1, 2, 3, 4, -20),
    fc.nat(3),
    fc.constant("*"),
  );
  const scope = fc.record({ nodes, links: fc.array(link, { maxLength: 12 }) });
  const io = fc.array(
    fc.record({
      name: fc.constantFrom("a", "b", "seed"),
      type: fc.constant("*"),
      linkIds: fc.array(fc.nat(12), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  );
  const subgraph = (id: string) =>
    fc
      .tuple(scope, io, io)
      .map(([inside, inputs, outputs]) => ({ id, ...inside, inputs, outputs }));
  const workflow = fc
    .tuple(scope, subgraph("s0"), subgraph("s1"), subgraph("s2"))
    .map(([root, ...subgraphs]) => ({ ...root, definitions: { subgraphs } }));

  test("a graph whose links lead to nodes that are in it, or named problems", () => {
    let converted = 0;
    fc.assert(
      fc.property(workflow, (graph) => {
        const result = convert(graph);
        if (!result.ok) {
          expect(result.problems.length).toBeGreaterThan(0);
          return;
        }
        converted += 1;
        const ids = new Set(Object.keys(result.graph));
        for (const { inputs } of Object.values(result.graph)) {
          for (const value of Object.values(inputs)) {
            if (Array.isArray(value)) expect(ids).toContain(value[0]);
          }
        }
      }),
      { numRuns: 1000 * inject("rounds"), seed: 20_261_122 },
    );
    // The property would say little if almost nothing got through.
    expect(converted).toBeGreaterThan(50);
  });

  test("no JSON makes it throw, neither as the workflow nor as the node types", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        convertUiGraph(a, { objectInfo: b });
        convertUiGraph({ nodes: [a, b], links: b, definitions: a }, { objectInfo: OBJECT_INFO });
        convertUiGraph(
          { nodes: [loader(1)] },
          { objectInfo: { LoadImage: a, SaveImage: { input: b } } },
        );
      }),
      { numRuns: 500 * inject("rounds"), seed: 20_261_122 },
    );
  });
});
