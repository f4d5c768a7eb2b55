import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import { z } from "zod";
import type {} from "./provided-context.ts";
import { AXES } from "./axes/axes.ts";

const Report = z.object({
  clean: z.boolean(),
  reports: z.array(
    z.object({
      axis: z.string(),
      figures: z.array(z.object({ name: z.string(), values: z.record(z.string(), z.number()) })),
      goals: z.array(z.object({ text: z.string(), value: z.number() })),
      audits: z.array(z.object({ jobs: z.number(), violations: z.array(z.string()) })),
    }),
  ),
});

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

async function runMain(args: readonly string[]) {
  const child = spawn(process.execPath, ["--conditions=ob-source", MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code]: unknown[] = await once(child, "close");
  return { code, stdout, stderr };
}

test("what cannot be understood is said in a sentence, and nothing is started", async () => {
  const { code, stdout, stderr } = await runMain(["--axis", "1,99"]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("There is no axis 99; there are 1, 2, 3");
});

// Minutes of processes and disks: in the full form only.
test.runIf(inject("rounds") > 1)(
  "every axis and a crowd run in short form, and every audit is clean",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "ob-bench-test-"));
    const out = join(folder, "report.json");
    const axes = AXES.map(({ name }) => name);
    const crowd = ["--axis", axes.join(","), "--users", "3", "--minutes", "0.1"];
    const { code, stdout, stderr } = await runMain(["--quick", "--json", "--out", out, ...crowd]);
    expect(stderr).toContain("cores");
    expect(code).toBe(0);
    const report = Report.parse(JSON.parse(stdout));
    expect(JSON.parse(await readFile(out, "utf8"))).toEqual(JSON.parse(stdout));
    await rm(folder, { recursive: true });
    expect(report.clean).toBe(true);
    expect(report.reports.map(({ axis }) => axis)).toEqual([...axes, "users"]);
    for (const { figures, audits } of report.reports) {
      expect(figures.length).toBeGreaterThan(0);
      expect(audits.length).toBeGreaterThan(0);
      for (const { jobs, violations } of audits) {
        expect(jobs).toBeGreaterThan(0);
        expect(violations).toEqual([]);
      }
    }
    const crowdFigures = report.reports.at(-1)?.figures.find(({ name }) => name === "edits");
    expect(crowdFigures?.values).toMatchObject({ successRate: 1 });
  },
);
