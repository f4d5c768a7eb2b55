// After a build: prints what a first visit costs, and fails when it costs too much.
import { join } from "node:path";
import { BUDGETS, measureSizes } from "./measure-sizes.ts";

const sizes = await measureSizes(join(import.meta.dirname, "../dist"));
const lines = [
  { name: "landing JS", size: sizes.landingJs, budget: BUDGETS.landingJs },
  { name: "studio JS", size: sizes.studioJs, budget: BUDGETS.studioJs },
  { name: "CSS", size: sizes.css, budget: BUDGETS.css },
  { name: "fonts", size: sizes.fonts, budget: BUDGETS.fonts },
];
for (const { name, size, budget } of lines) {
  const verdict = size <= budget ? "ok" : "TOO LARGE";
  process.stderr.write(`${name}: ${(size / 1000).toFixed(1)} of ${budget / 1000} kB ${verdict}\n`);
}
process.exitCode = lines.every(({ size, budget }) => size <= budget) ? 0 : 1;
