import type { Pixels } from "../pixels.ts";
import { boxSum, type Plane } from "./plane.ts";

/** 1 where nothing is painted within `marginPx`, else 0. */
export function freeArea(mask: Pixels, marginPx: number): Plane {
  const painted = new Float32Array(mask.data.length);
  for (let i = 0; i < painted.length; i += 1) painted[i] = mask.data[i] === 0 ? 0 : 1;
  const near = boxSum({ data: painted, width: mask.width, height: mask.height }, marginPx);
  for (let i = 0; i < painted.length; i += 1) painted[i] = near.data[i] === 0 ? 1 : 0;
  return { data: painted, width: mask.width, height: mask.height };
}
