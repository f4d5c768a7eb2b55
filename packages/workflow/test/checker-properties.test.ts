import { readdirSync, readFileSync } from "node:fs";

import fc from "fast-check";
import { expect, inject, test } from "vitest";
import * as z from "zod";

import { NODE_TYPES } from "../src/checker/node-types.ts";
import { checkGraph, parseGraphJson } from "../src/index.ts";

const folder = new URL("./comfyui-cases/", import.meta.url);
const FILES = ["example.png", "mask.png"];
const Prompt = z.record(z.string(), z.looseObject({ inputs: z.record(z.string(), z.unknown()) }));

/** The recorded graphs that are graphs at all. */
const graphs = readdirSync(folder).flatMap((name) => {
  const recorded = parseGraphJson(readFileSync(new URL(name, folder), "utf8"));
  const { prompt } = z.looseObject({ prompt: z.unknown() }).parse(recorded);
  const graph = Prompt.safeParse(prompt);
  return graph.success && Object.keys(graph.data).length > 0 ? [graph.data] : [];
});
type Graph = (typeof graphs)[number];

const anyId = fc.constantFrom(...new Set(graphs.flatMap((graph) => Object.keys(graph))));
const anyClass = fc.constantFrom(...NODE_TYPES.keys(), "Unheard", "constructor", "__proto__");
const anyInput = fc.constantFrom(
  ...new Set(
    graphs.flatMap((graph) => Object.values(graph).flatMap(({ inputs }) => Object.keys(inputs))),
  ),
);
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.tuple(anyId, fc.integer({ min: -2, max: 3 })),
  fc.bigInt(),
  fc.constantFrom(
    "example.png",
    "mask.png [input]",
    "../input/mask.png",
    "",
    "euler",
    "nan",
    1e308,
  ),
);

/** One thing somebody could do to a graph. */
const anyMutation: fc.Arbitrary<(graph: Graph) => void> = fc.oneof(
  fc
    .record({ id: anyId, input: anyInput, value: anyValue })
    .map(({ id, input, value }) => (graph: Graph) => {
      const node = Object.hasOwn(graph, id) ? graph[id] : undefined;
      if (node !== undefined) node.inputs[input] = value;
    }),
  fc.record({ id: anyId, input: anyInput }).map(({ id, input }) => (graph: Graph) => {
    const node = Object.hasOwn(graph, id) ? graph[id] : undefined;
    if (node !== undefined) delete node.inputs[input];
  }),
  fc.record({ id: anyId, className: anyClass }).map(({ id, className }) => (graph: Graph) => {
    const node = Object.hasOwn(graph, id) ? graph[id] : undefined;
    if (node !== undefined) node["class_type"] = className;
  }),
  fc.record({ id: anyId, className: anyClass }).map(({ id, className }) => (graph: Graph) => {
    graph[`${id}:1`] = { class_type: className, inputs: { image: [id, 0], images: [id, 0] } };
  }),
  anyId.map((id) => (graph: Graph) => {
    delete graph[id];
  }),
);

test("the package carries the 94 classes an image edit may use", () => {
  expect(NODE_TYPES.size).toBe(94);
});

test("whatever is done to a graph, it gets a verdict, and the strict one never accepts more", () => {
  let accepted = 0;
  let refusedByStrict = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...graphs),
      fc.array(anyMutation, { maxLength: 3 }),
      (recorded, mutations) => {
        const graph = structuredClone(recorded);
        for (const mutate of mutations) mutate(graph);
        const comfyui = checkGraph(graph, { files: FILES, profile: "comfyui" });
        const strict = checkGraph(graph, { files: FILES });
        for (const verdict of [comfyui, strict]) {
          expect(verdict.valid).toBe(verdict.error === null);
          expect(() => JSON.stringify(verdict)).not.toThrow();
          for (const id of Object.keys(verdict.node_errors)) expect(graph).toHaveProperty([id]);
        }
        if (strict.valid) {
          expect(comfyui).toEqual({ valid: true, error: null, node_errors: {} });
          expect(strict.node_errors).toEqual({});
        }
        if (comfyui.valid) accepted += 1;
        if (comfyui.valid && !strict.valid) refusedByStrict += 1;
      },
    ),
    { numRuns: 2000 * inject("rounds") },
  );
  // Otherwise the rule above would hold for want of cases.
  expect(accepted).toBeGreaterThan(100);
  expect(refusedByStrict).toBeGreaterThan(20);
});
