import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";
import * as z from "zod";

const COMMAND = fileURLToPath(new URL("../commands/prompts-report.ts", import.meta.url));
const SRC = new URL("../src/", import.meta.url);

function report(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=ob-source", COMMAND, ...args],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  return { code: status, stdout, stderr };
}

test("every case of a golden file is printed with its Thai and its English", () => {
  const file = "services/qwen-image-edit/v2/golden-mixed.json";
  const cases = z
    .array(z.object({ en: z.string(), th: z.string() }))
    .parse(JSON.parse(readFileSync(new URL(file, SRC), "utf8")));
  const { code, stdout } = report("--only", "v2/golden-mixed");
  expect(code).toBe(0);
  expect(stdout).toContain(`# ${file}: ${cases.length} cases`);
  expect(stdout).toContain("0 differ from what their file expects.");
  const missing = cases.filter(
    ({ en, th }) =>
      !stdout.includes(`  EN ${en}\n`) ||
      th.split("\n").some((line) => !stdout.includes(`  TH ${line}\n`)),
  );
  expect(missing).toEqual([]);
});

test("a file that is not there is said, with exit code 2", () => {
  const { code, stdout, stderr } = report("--only", "no-such-file");
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("no golden file is named like no-such-file");
});

test("an argument it does not know is answered with its usage", () => {
  const { code, stderr } = report("--wirte");
  expect(code).toBe(2);
  expect(stderr).toContain("Usage: npm run prompts:report");
});
