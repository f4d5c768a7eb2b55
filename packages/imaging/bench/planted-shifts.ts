import { parseArgs } from "node:util";
import { deliver } from "../src/deliver.ts";
import { createImaging } from "../src/index.ts";
import { openPixelPool } from "../src/open-pixel-pool.ts";
import { featherMask } from "../src/paste-back.ts";
import { photo } from "../test/fixtures.ts";
import { plantDrawing, playCase, SCENARIOS, seeThrough } from "../test/planted-case.ts";

/**
 * Prints how well planted shifts (to 6 px), zooms (0.98 to 1.02), tints, noise and redrawn masks are seen through, and
 * how visible the border is in the result, with and without the tone match. `--short` takes every seventh case,
 * `--each` prints every case as a line of JSON on stderr as it is done,
 * `--photos a.png,b.jpg` takes only those.
 */
const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    each: { type: "boolean", default: false },
    photos: { type: "string" },
  },
});
const PHOTOS = [
  "astronaut.png",
  "coffee.png",
  "chelsea.png",
  "rocket.jpg",
  "coffee-12mp-rotated.jpg",
];
const NOISES = [4, 8, 16];
const REPAINTS = ["stripes", "nothing"] as const;

interface Line {
  group: string;
  /** Found minus planted, canvas px; null: not found. */
  errorPx: number | null;
  /** Of a canvas px, output px. */
  outputPerCanvasPx: number;
  /** What the result says is left, output px. */
  residualPx: number | null;
  /** Grey levels; null where the mask was painted with stripes, whose border is meant to be seen. */
  seam: number | null;
  seamWithoutTone: number | null;
  hasTone: boolean;
  changedOutsideMask: number;
}

const imaging = createImaging();
const pool = openPixelPool(2);
const lines: Line[] = [];
let seed = 0;
for (const name of PHOTOS) {
  const upload = {
    kind: "image",
    contentType: name.endsWith("png") ? "image/png" : "image/jpeg",
  } as const;
  const picture = await imaging.decodeUpload(await photo(name), upload);
  for (const scenario of SCENARIOS) {
    for (const noise of NOISES) {
      for (const repaint of REPAINTS) {
        seed += 1;
        if ((values.short && seed % 7 > 0) || !isWanted(name)) continue;
        const drawing = plantDrawing({ seed, noise, repaint });
        const size = { width: picture.width, height: picture.height };
        const planted = { original: picture.png, size, scenario, drawing };
        const line = await measure(planted);
        if (values.each)
          console.error(JSON.stringify({ name, scenario: scenario.name, noise, ...line }));
        lines.push({ group: name, ...line }, { group: scenario.name, ...line });
        lines.push({ group: `noise ${noise}`, ...line }, { group: "all", ...line });
      }
    }
  }
}
report();
await imaging.close();
await pool.close();

function isWanted(name: string): boolean {
  return values.photos === undefined || values.photos.split(",").includes(name);
}

async function measure(planted: Parameters<typeof playCase>[0]): Promise<Omit<Line, "group">> {
  const request = await playCase(planted, imaging, pool);
  const { scene, registration, errorPx, outputPerCanvasPx } = await seeThrough(
    request,
    planted.drawing,
    pool,
  );
  const weights =
    scene.change && (await featherMask(scene.change, request.plan.mask?.featherPx ?? 0, pool));
  const delivery = { scene, weights, isPainted: request.mask !== null };
  const { fidelity } = await deliver({ ...delivery, registration }, pool);
  const isSeamless = planted.drawing.repaint === "nothing";
  const untoned =
    isSeamless &&
    (await deliver({ ...delivery, registration: { ...registration, tone: null } }, pool));
  return {
    errorPx,
    outputPerCanvasPx,
    residualPx: fidelity.residualPx,
    seam: isSeamless ? fidelity.seam : null,
    seamWithoutTone: untoned ? untoned.fidelity.seam : null,
    hasTone: registration.tone !== null,
    changedOutsideMask: fidelity.changedOutsideMask ?? 0,
  };
}

function report(): void {
  const heads = [
    "not found",
    "median",
    "95 %",
    "max",
    "<0.5 canvas",
    "<0.5 output",
    "residual",
    "missing",
    "toned",
    "seam",
    "untoned",
    "changed",
  ];
  console.log("".padEnd(24), "cases", ...heads.map((head) => head.padStart(11)));
  for (const group of new Set(lines.map((line) => line.group))) {
    const some = lines.filter((line) => line.group === group);
    const errors = some.map(({ errorPx }) => errorPx ?? Number.POSITIVE_INFINITY);
    const inOutput = some.map(
      ({ errorPx, outputPerCanvasPx }) => (errorPx ?? Number.POSITIVE_INFINITY) * outputPerCanvasPx,
    );
    const found = some.filter(({ errorPx }) => errorPx !== null);
    const figures = [
      String(some.length - found.length),
      quantile(errors, 0.5).toFixed(3),
      quantile(errors, 0.95).toFixed(3),
      quantile(errors, 1).toFixed(3),
      share(errors.filter((error) => error < 0.5).length, some.length),
      share(inOutput.filter((error) => error < 0.5).length, some.length),
      quantile(
        some.flatMap(({ residualPx }) => residualPx ?? []),
        0.5,
      ).toFixed(3),
      String(found.filter(({ residualPx }) => residualPx === null).length),
      share(some.filter(({ hasTone }) => hasTone).length, some.length),
      mean(some.flatMap(({ seam }) => seam ?? [])).toFixed(2),
      mean(some.flatMap(({ seamWithoutTone }) => seamWithoutTone ?? [])).toFixed(2),
      String(some.reduce((sum, { changedOutsideMask }) => sum + changedOutsideMask, 0)),
    ];
    console.log(
      group.padEnd(24),
      String(some.length).padStart(5),
      ...figures.map((f) => f.padStart(11)),
    );
  }
}

function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function share(count: number, of: number): string {
  return `${((100 * count) / of).toFixed(1)} %`;
}
