import { parseArgs } from "node:util";

import {
  planCanvas,
  plannedMargins,
  type CanvasPlan,
  type PixelRect,
} from "../src/canvas/index.ts";

/**
 * Prints what plan typical edits get, to be read by a person: `node --conditions=ob-source
 * packages/workflow/bench/canvas-report.ts [--json]`. `scale` is canvas px per output px, `padded`
 * the canvas's share that shows no picture.
 */
interface Edit {
  about: string;
  picture: readonly [width: number, height: number];
  /** x, y, width, height in source px. */
  mask?: readonly [x: number, y: number, width: number, height: number];
  ratio?: string;
  keepsPicture?: true;
  megapixels?: number;
}

const EDITS: readonly Edit[] = [
  { about: "phone photo, whole", picture: [4032, 3024] },
  { about: "phone photo, portrait, whole", picture: [3024, 4032] },
  { about: "full HD, whole", picture: [1920, 1080] },
  { about: "stamp, whole", picture: [64, 64] },
  { about: "panorama 8:1, whole", picture: [16000, 2000] },
  { about: "phone photo, a face", picture: [4032, 3024], mask: [1800, 900, 420, 520] },
  { about: "phone photo, a blemish", picture: [4032, 3024], mask: [2000, 1500, 24, 20] },
  { about: "phone photo, a wire", picture: [4032, 3024], mask: [200, 700, 3600, 14] },
  { about: "phone photo, a shirt", picture: [3024, 4032], mask: [700, 1700, 1600, 1800] },
  { about: "phone photo, a corner", picture: [4032, 3024], mask: [3832, 2824, 200, 200] },
  { about: "40 MP, a cup", picture: [7728, 5152], mask: [4000, 3000, 900, 1100] },
  { about: "web picture, a logo", picture: [1200, 800], mask: [900, 600, 120, 60] },
  { about: "1600×1200, a logo", picture: [1600, 1200], mask: [1200, 900, 120, 60] },
  { about: "panorama 8:1, a boat", picture: [16000, 2000], mask: [9000, 1200, 500, 260] },
  { about: "phone photo to 1:1", picture: [4032, 3024], ratio: "1:1" },
  { about: "phone photo to 9:16", picture: [4032, 3024], ratio: "9:16" },
  { about: "… margins alone", picture: [4032, 3024], ratio: "16:9", keepsPicture: true },
  { about: "… and a mask", picture: [4032, 3024], ratio: "4:5", mask: [1800, 900, 420, 520] },
  { about: "panorama 8:1 to 4:5", picture: [16000, 2000], ratio: "4:5" },
  { about: "old print, restored", picture: [1180, 1748], megapixels: 1 },
  { about: "old print, at 2 MP", picture: [1180, 1748], megapixels: 2 },
];

const softness = { growCanvasPx: 12, featherCanvasPx: 6 };

function planOf(edit: Edit): CanvasPlan {
  const [width, height] = edit.picture;
  const { mask, megapixels } = edit;
  return planCanvas({
    picture: { width, height },
    maskBounds: mask === undefined ? null : boundsOf(mask),
    ratio: edit.ratio ?? "original",
    editsPicture: edit.keepsPicture !== true,
    softness,
    ...(megapixels === undefined ? {} : { megapixels }),
  });
}

function boundsOf([x, y, width, height]: readonly [number, number, number, number]): PixelRect {
  return { x, y, width, height };
}

function rowOf(edit: Edit): Record<string, string> {
  const plan = planOf(edit);
  const { crop, scaled, canvas, output, mask } = plan;
  const { left, top } = plannedMargins(plan);
  const isWhole = crop.width === output.width && crop.height === output.height;
  const used = (scaled.width * scaled.height) / (canvas.width * canvas.height);
  return {
    edit: edit.about,
    picture: edit.picture.join("×"),
    mask: edit.mask === undefined ? "" : edit.mask.slice(2).join("×"),
    output: isWhole && left + top > 0 ? `${output.width}×${output.height}` : "",
    sees: isWhole ? "whole" : `${crop.width}×${crop.height}+${crop.x}+${crop.y}`,
    canvas: `${canvas.width}×${canvas.height}`,
    scale: (scaled.width / crop.width).toFixed(3),
    padded: `${(100 * (1 - used)).toFixed(1)} %`,
    "grow, feather": mask === null ? "" : `${mask.growPx}, ${mask.featherPx}`,
  };
}

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const rows = EDITS.map(rowOf);
if (values.json) console.log(JSON.stringify(rows, null, 2));
else {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  console.log(line(columns));
  console.log(line(columns.map(() => "---")));
  for (const row of rows) console.log(line(columns.map((column) => row[column] ?? "")));
}
