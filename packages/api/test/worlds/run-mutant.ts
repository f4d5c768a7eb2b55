import { MUTANTS } from "./mutants.ts";
import { plantMutant } from "./plant-mutant.ts";

// Runs worlds with one rule broken until one of them catches it: `run-mutant.ts <name> <worlds> [first seed]`.
// Prints one line of JSON: the seed that caught it and what it saw, or that none did.

const [name = "", worlds = "0", first = "1"] = process.argv.slice(2);
const mutant = MUTANTS.find((known) => known.name === name);
if (mutant === undefined) throw new Error(`no mutant is called ${name}`);
const isPlanted = plantMutant(mutant);
const { runWorld } = await import("./run-world.ts");
const { createWorldRegistry } = await import("./world-registry.ts");
const registry = createWorldRegistry();
if (!isPlanted()) throw new Error(`no world uses ${mutant.file}`);
let caught: { seed: number; violation: string } | null = null;
const last = Number(first) + Number(worlds);
for (let seed = Number(first); seed < last && caught === null; seed += 1) {
  const { violation } = await runWorld(seed, registry);
  if (violation !== null) caught = { seed, violation };
}
process.stdout.write(`${JSON.stringify({ name, caught })}\n`);
