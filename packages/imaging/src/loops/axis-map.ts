/** Picture position to model position on one axis: `step * i + offset`, pixel centres whole. */
export interface AxisMap {
  step: number;
  offset: number;
}

/** One axis of a plan, and what the model did to it: lengths in pixels of the side they name. */
export interface AxisPlan {
  cropStart: number;
  cropLength: number;
  scaledLength: number;
  padStart: number;
  zoom: number;
  shift: number;
}

/** Output pixel to canvas pixel along one axis, through the plan and then through what the model did to it. */
export function axisMap(axis: AxisPlan): AxisMap {
  const scale = axis.scaledLength / axis.cropLength;
  const centre = (axis.scaledLength - 1) / 2;
  // scaled = (i + 0.5 - cropStart) * scale - 0.5; canvas = centre + (scaled - centre) * zoom + shift + padStart
  const scaledAtZero = (0.5 - axis.cropStart) * scale - 0.5;
  return {
    step: scale * axis.zoom,
    offset: centre + (scaledAtZero - centre) * axis.zoom + axis.shift + axis.padStart,
  };
}
