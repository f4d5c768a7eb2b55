import { spawnSync } from "node:child_process";
import { FAILPOINTS } from "@ob/api";
import { describe, expect, test } from "vitest";
import { createFailpoint, parseFailpoint } from "./failpoints.ts";

describe("FAILPOINT", () => {
  test("names a point and how often it is passed before the end", () => {
    for (const name of FAILPOINTS) {
      expect(parseFailpoint(`${name}:3`)).toEqual({ name, nth: 3 });
      expect(parseFailpoint(name)).toEqual({ name, nth: 1 });
    }
  });

  test.each([
    "",
    "nowhere:1",
    "job.created:0",
    "job.created:-1",
    "job.created:x",
    "job.created:",
    "job.created:1:2",
  ])("that is not one (%j) is refused", (text) => {
    expect(parseFailpoint(text)).toBeNull();
  });
});

test("only the named passing of the named point ends the process, and only once", () => {
  const deaths: object[] = [];
  const reach = createFailpoint({ name: "result.stored", nth: 2 }, (at) => deaths.push(at));
  reach("result.stored");
  reach("job.captured");
  expect(deaths).toEqual([]);
  reach("result.stored");
  reach("result.stored");
  expect(deaths).toEqual([{ name: "result.stored", nth: 2 }]);
});

test("without a plan every point is passed", () => {
  const reach = createFailpoint(null);
  for (const name of FAILPOINTS) reach(name);
  expect(FAILPOINTS.length).toBeGreaterThan(11);
});

test("the process is killed where it stands: nothing after the point runs, not even a finally", () => {
  const module = new URL("./failpoints.ts", import.meta.url).href;
  const script = `
    const { createFailpoint } = await import(${JSON.stringify(module)});
    try { createFailpoint({ name: "job.captured", nth: 1 })("job.captured"); }
    finally { console.log("alive"); }`;
  const flags = ["--conditions=ob-source", "--input-type=module", "-e", script];
  const { signal, stdout, stderr } = spawnSync(process.execPath, flags, { encoding: "utf8" });
  expect({ signal, stdout }).toEqual({ signal: "SIGKILL", stdout: "" });
  expect(stderr).toContain('"event":"failpoint.reached","name":"job.captured","nth":1');
});
