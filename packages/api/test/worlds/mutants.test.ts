import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { MUTANTS } from "./mutants.ts";

const run = promisify(execFile);
const WORLDS = 4_000;
const AT_ONCE = 2;
const LIMIT_MS = 20 * 60_000;

interface Caught {
  name: string;
  caught: { seed: number; violation: string } | null;
}

async function hunt(name: string): Promise<Caught> {
  const script = join(import.meta.dirname, "run-mutant.ts");
  const asked = ["--conditions=ob-source", script, name, String(WORLDS)];
  const { stdout } = await run(process.execPath, asked);
  const found: Caught = JSON.parse(stdout);
  return found;
}

async function huntAll(): Promise<Caught[]> {
  const waiting = MUTANTS.map(({ name }) => name);
  const found: Caught[] = [];
  const hunter = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      found.push(await hunt(name));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hunter));
  return found;
}

test.each(MUTANTS)("the rule that is broken stands in the code once: $name", async (mutant) => {
  const source = await readFile(join(import.meta.dirname, "../../src", mutant.file), "utf8");
  expect(source.split(mutant.rule)).toHaveLength(2);
  expect(source.replace(mutant.rule, () => mutant.broken)).not.toBe(source);
});

test("worlds catch every broken rule", { timeout: LIMIT_MS }, async () => {
  const found = await huntAll();
  const table = found.map(({ name, caught }) => `${caught?.seed ?? "NOT CAUGHT"}\t${name}`);
  console.info(`seed that caught it\n${table.join("\n")}`);
  expect(found.filter(({ caught }) => caught === null).map(({ name }) => name)).toEqual([]);
  expect(found).toHaveLength(MUTANTS.length);
});
