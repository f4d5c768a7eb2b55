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

/** The part of a free area (1 or 0) that has something not free within `reachPx`. */
export function ringArea(free: Plane, reachPx: number): Plane {
  const { data, width, height } = free;
  const around = boxSum(free, reachPx);
  const ring = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 1) {
    const all =
      (Math.min(width - 1, (i % width) + reachPx) - Math.max(0, (i % width) - reachPx) + 1) *
      rowsAround(Math.floor(i / width), { height, reachPx });
    ring[i] = data[i] === 1 && (around.data[i] ?? 0) < all ? 1 : 0;
  }
  return { data: ring, width, height };
}

function rowsAround(row: number, { height, reachPx }: { height: number; reachPx: number }): number {
  return Math.min(height - 1, row + reachPx) - Math.max(0, row - reachPx) + 1;
}
