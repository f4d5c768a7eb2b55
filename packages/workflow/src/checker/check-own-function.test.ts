import { describe, expect, test } from "vitest";

import { parseGraphJson } from "../graph/parse-graph-json.ts";
import { checkGraph } from "./check-graph.ts";
import { readObjectInfo } from "./read-object-info.ts";

const INFO = readObjectInfo(
  parseGraphJson(`{
    "LoadImage": {"input": {"required": {"image": [["a.png", "dir/b.png"], {}]}}, "output": ["IMAGE", "MASK"], "output_node": false},
    "LoadVideo": {"input": {"required": {"file": ["COMBO", {"options": []}]}}, "output": ["VIDEO"], "output_node": false, "dev_only": false},
    "LoadLatent": {"input": {"required": {"latent": [[]]}}, "output": ["LATENT"], "output_node": false},
    "CustomCombo": {"input": {"required": {"choice": ["COMBO", {"options": []}]}}, "output": ["STRING", "INT"], "output_node": true, "dev_only": false},
    "Show": {"input": {"required": {"anything": ["*"]}}, "output": [], "output_node": true}
  }`),
);

const SHOWN = { "2": { class_type: "Show", inputs: { anything: ["1", 0] } } };

/** `"<node> <type> <input>"` for every error; empty when ComfyUI has nothing to object to. */
function objections(graph: object, files: readonly string[] = INFO.files ?? []): string[] {
  const options = { files, profile: "comfyui", nodeTypes: INFO.nodeTypes } as const;
  return Object.entries(checkGraph(graph, options).node_errors).flatMap(([id, { errors }]) =>
    errors.map((each) => `${id} ${each.type} ${String(each.extra_info["input_name"])}`),
  );
}

test("the input folder of an object_info is what its LoadImage offers", () => {
  expect(INFO.files).toEqual(["a.png", "dir/b.png"]);
});

describe("a file is looked for as os.path.exists does", () => {
  const load = (image: unknown): string[] =>
    objections({
      "1": { class_type: "LoadImage", inputs: { image } },
      ...SHOWN,
    });

  test.each([
    "a.png",
    "a.png [input]",
    "./a.png",
    "dir/b.png",
    "dir//b.png",
    "dir/../a.png",
    "dir",
    "dir/",
    "..",
    "../input/a.png",
    "../../etc/passwd",
    "/etc/passwd",
    " [temp]",
  ])("%j is there", (image) => {
    expect(load(image)).toEqual([]);
  });

  test.each([
    "A.PNG",
    "a.png/",
    "a.png/.",
    "a.png/../a.png",
    "none/../a.png",
    "dir/a.png",
    "a.png [output]",
    "a.png [temp]",
    "a.png ",
    "../input/none.png",
    "a.png\u0000",
  ])("%j is not", (image) => {
    expect(load(image)).toEqual(["1 custom_validation_failed image"]);
  });

  test("other loaders look for theirs", () => {
    const graph = {
      "1": { class_type: "LoadVideo", inputs: { file: "none.mp4" } },
      "2": { class_type: "LoadLatent", inputs: { latent: "none.latent" } },
      "3": { class_type: "Show", inputs: { anything: ["1", 0] } },
      "4": { class_type: "Show", inputs: { anything: ["2", 0] } },
    };
    expect(objections(graph)).toEqual([
      "1 custom_validation_failed file",
      "2 custom_validation_failed latent",
    ]);
    expect(objections(graph, ["none.mp4", "none.latent"])).toEqual([]);
  });

  test.each([{ image: ["1", 1] }, { image: 7 }, { image: { __value__: ["a.png"] } }, {}])(
    "%j raises, whatever else is wrong",
    (inputs) => {
      expect(objections({ "1": { class_type: "LoadImage", inputs }, ...SHOWN })).toEqual([
        "1 exception_during_inner_validation anything",
      ]);
    },
  );
});

test("a custom combo takes any choice, and wants one", () => {
  const custom = (inputs: object): string[] =>
    objections({ "1": { class_type: "CustomCombo", inputs } });
  expect(custom({ choice: "written by hand", option1: 7 })).toEqual([]);
  expect(custom({})).toEqual(["1 exception_during_validation undefined"]);
});
