import { describe, expect, test } from "vitest";
import * as z from "zod";

import { parseGraphJson } from "../graph/parse-graph-json.ts";
import { checkGraph } from "./check-graph.ts";
import type { CheckProfile } from "./check-profile.ts";
import { readObjectInfo } from "./read-object-info.ts";

// Rules of execution.validate_prompt of ComfyUI 0.14.1 that no recorded case shows.

const INFO = readObjectInfo(
  parseGraphJson(`{
    "LoadImage": {"input": {"required": {"image": [[], {}]}}, "output": ["IMAGE", "MASK"], "output_node": false},
    "Pick": {"input": {"required": {"count": ["INT", {"default": 1, "min": 0, "max": 18446744073709551615}]},
      "optional": {"size": [[256, 512.5, true], {}], "scale": ["FLOAT", {"max": 1e30}]}},
      "output": [["x", "y"], "*", "INT,FLOAT"], "output_node": true},
    "Choose": {"input": {"required": {"word": ["COMBO", {"options": ["x", "y"]}]}, "optional": {"anything": ["*"], "number": ["FLOAT"], "image": ["IMAGE"]}},
      "output": [], "output_node": true},
    "Nothing": {"input": {}, "output": [], "output_node": true},
    "Resize": {"input": {"required": {"how": ["COMFY_DYNAMICCOMBO_V3", {"options": [
      {"key": "width", "inputs": {"required": {"px": ["INT", {"min": 1}]}}}, {"key": "not", "inputs": {"required": {}}}]}]}},
      "output": ["*"], "output_node": true, "dev_only": false},
    "Ordered": {"input": {"required": {"a": ["IMAGE"], "b": ["IMAGE"]}}, "input_order": {"required": ["b", "a"]}, "output": [], "output_node": true}
  }`),
);

interface Said {
  valid: boolean;
  error: string | null;
  nodes: string[];
}

function say(graph: unknown, profile: CheckProfile = "comfyui"): Said {
  const verdict = checkGraph(graph, { files: [], profile, nodeTypes: INFO.nodeTypes });
  JSON.stringify(verdict);
  return {
    valid: verdict.valid,
    error: verdict.error?.type ?? null,
    nodes: Object.entries(verdict.node_errors).flatMap(([id, { errors }]) =>
      errors.map((each) => `${id} ${each.type} ${String(each.extra_info["input_name"])}`),
    ),
  };
}

const pick = (inputs: object): object => ({ "1": { class_type: "Pick", inputs } });
const good: Said = { valid: true, error: null, nodes: [] };
const bad = (...nodes: string[]): Said => ({
  valid: false,
  error: "prompt_outputs_failed_validation",
  nodes,
});

describe("values are compared as Python compares them", () => {
  test.each([256, 512.5, 1, true, 256n])("%s is in the list", (size) => {
    expect(say(pick({ count: 1, size }))).toEqual(good);
  });

  test.each([512, "256", false, null, { a: 1 }])("%j is not", (size) => {
    expect(say(pick({ count: 1, size }))).toEqual(bad("1 value_not_in_list size"));
  });

  test.each([
    18446744073709551615n,
    "18446744073709551615",
    true,
    4.9,
    " 7 ",
    "\u0085\u30007",
    "๗",
    "٧",
    "𝟕",
  ])("%s is a whole number in range", (count) => {
    expect(say(pick({ count }))).toEqual(good);
  });

  test.each<[unknown, string]>([
    [18446744073709551616n, "value_bigger_than_max"],
    [-1, "value_smaller_than_min"],
    [Infinity, "invalid_input_type"],
    ["9".repeat(4301), "invalid_input_type"],
    ["9".repeat(4300), "value_bigger_than_max"],
    ["4.0", "invalid_input_type"],
    ["", "invalid_input_type"],
    ["\ufeff7", "invalid_input_type"],
    ["½", "invalid_input_type"],
    [{}, "invalid_input_type"],
    [{ __value__: [1] }, "invalid_input_type"],
  ])("%s for an INT: %s", (count, type) => {
    expect(say(pick({ count }))).toEqual(bad(`1 ${type} count`));
  });

  test("a whole number too large for a float is no float", () => {
    expect(say(pick({ count: 1, scale: 10n ** 400n }))).toEqual(bad("1 invalid_input_type scale"));
    expect(say(pick({ count: 1, scale: Infinity }))).toEqual(bad("1 value_bigger_than_max scale"));
  });
});

describe("what may be linked to what", () => {
  const linked = (input: string, slot: unknown): Said =>
    say({
      "1": { class_type: "Pick", inputs: { count: 1 } },
      "2": { class_type: "Choose", inputs: { word: "x", [input]: ["1", slot] } },
    });

  test.each<[string, number]>([
    ["word", 0],
    ["word", 1],
    ["anything", 0],
    ["anything", 2],
    ["number", 2],
    ["number", -1],
    ["image", 1],
  ])("%s takes slot %s", (input, slot) => {
    expect(linked(input, slot)).toMatchObject({ valid: true, nodes: [] });
  });

  test.each<[string, unknown, string]>([
    ["image", 0, "return_type_mismatch"],
    ["image", 2, "return_type_mismatch"],
    ["word", 2, "return_type_mismatch"],
    ["image", 3, "exception_during_validation"],
    ["image", "0", "exception_during_validation"],
    ["image", null, "exception_during_validation"],
  ])("%s does not take slot %j", (input, slot, type) => {
    expect(linked(input, slot).nodes.join()).toContain(`2 ${type}`);
  });

  test("an output node that raises keeps its own exception; the others run", () => {
    const said = say({
      "1": { class_type: "Pick", inputs: { count: 1 } },
      "2": { class_type: "Choose", inputs: { word: "x", image: ["gone", 0] } },
    });
    expect(said).toEqual({
      valid: true,
      error: null,
      nodes: ["2 exception_during_validation undefined"],
    });
  });
});

describe("a dynamic combo", () => {
  const resize = (inputs: object, profile: CheckProfile = "comfyui"): Said =>
    say({ "1": { class_type: "Resize", inputs } }, profile);

  test("asks for the inputs of the option it names", () => {
    expect(resize({ how: "not" })).toEqual(good);
    expect(resize({ how: "width" })).toEqual(bad("1 required_input_missing how.px"));
    expect(resize({ how: "width", "how.px": 0 })).toEqual(bad("1 value_smaller_than_min how.px"));
  });

  test.each<[string, object]>([
    ["that is not there", {}],
    ["with another key", { how: "height" }],
    ["with a wrapped key", { how: { __value__: "width" } }],
    ["with a link", { how: ["1", 0] }],
    ["with a link to nowhere", { how: ["gone", 0] }],
  ])("%s is overlooked by ComfyUI, not by us", (_what, inputs) => {
    expect(resize(inputs)).toEqual(good);
    expect(resize(inputs, "strict").nodes).toHaveLength(1);
  });
});

describe("what stands where the inputs should", () => {
  test.each<[unknown, string[]]>([
    ["", ["1 required_input_missing count"]],
    [[], ["1 required_input_missing count"]],
    ["a count", ["1 exception_during_validation undefined"]],
    [["count"], ["1 exception_during_validation undefined"]],
    [null, ["1 exception_during_validation undefined"]],
    [7, ["1 exception_during_validation undefined"]],
  ])("%j", (inputs, nodes) => {
    expect(say({ "1": { class_type: "Pick", inputs } })).toEqual(bad(...nodes));
  });

  test("nothing does for a class without inputs", () => {
    expect(say({ "1": { class_type: "Nothing", inputs: null } })).toEqual(good);
  });
});

test("inputs are looked at in their declared order, however the keys are sorted", () => {
  const said = say({
    "1": { class_type: "LoadImage" },
    "2": { class_type: "Ordered", inputs: { a: ["1", 0], b: ["1", 0] } },
  });
  expect(said).toEqual(bad("1 exception_during_inner_validation b"));
});

test("a value of 100,000 levels gets a verdict", () => {
  let deep: unknown = 0;
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  expect(say(pick({ count: deep }))).toEqual(bad("1 invalid_input_type count"));
  expect(say(pick({ count: 1, size: deep }))).toEqual(bad("1 value_not_in_list size"));
  expect(say(deep).error).toBe("missing_node_type");
});

test("one class nobody can make sense of does not make an object_info unreadable", () => {
  const body = {
    Show: { input: { required: { anything: ["*"] } }, output: [], output_node: true },
    Odd: { input: { required: { text: "STRING" } }, output: "IMAGE", output_node: false },
  };
  expect([...readObjectInfo(body).nodeTypes.keys()]).toEqual(["Show"]);
  for (const other of [[], "x", { "1": { class_type: "Show", inputs: {} } }]) {
    expect(() => readObjectInfo(other)).toThrow(z.ZodError);
  }
});
