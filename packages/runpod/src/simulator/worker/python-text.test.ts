import { spawnSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { pythonJson, pythonRepr } from "./python-text.ts";

describe("a JSON value written as Python writes it", () => {
  test.each([
    [null, "None"],
    [true, "True"],
    [7, "7"],
    [2.5, "2.5"],
    ["it", "'it'"],
    ["it's", `"it's"`],
    [`it's "so"`, `'it\\'s "so"'`],
    ["a\\b\nc", "'a\\\\b\\nc'"],
    ["รูป", "'รูป'"],
    [["60"], "['60']"],
    [{ type: "x", list: [1, null] }, "{'type': 'x', 'list': [1, None]}"],
  ])("%j reads %s", (value, text) => {
    expect(pythonRepr(value)).toBe(text);
  });

  test("json.dumps is spaced and ASCII only", () => {
    expect(pythonJson({ a: [1, "รูป", null, false] })).toBe(
      '{"a": [1, "\\u0e23\\u0e39\\u0e1b", null, false]}',
    );
  });
});

const VALUES = [`it's "so"`, "\t\r\n\\", "😀 รูป", { "k'": [true, null, { x: 1.5 }] }, [], {}];
const python = spawnSync("python3", ["--version"]);

test.skipIf(python.status !== 0)("Python itself writes the same", () => {
  const program =
    "import json,sys\nfor v in json.load(sys.stdin): print(json.dumps([repr(v), json.dumps(v)]))";
  const { stdout } = spawnSync("python3", ["-c", program], { input: JSON.stringify(VALUES) });
  const lines = stdout.toString("utf8").trimEnd().split("\n");
  const ours = VALUES.map((value) => [pythonRepr(value), pythonJson(value)]);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(ours);
});
