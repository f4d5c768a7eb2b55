/**
 * Where the model put things: what stands at `p` in our working copy stands at
 * `centre + (p - centre) * zoom + shift` in its output. Working pixels; `centre` is the middle of the working copy.
 */
export interface Alignment {
  shiftX: number;
  shiftY: number;
  zoom: number;
}

/** Nothing moved. */
export const IN_PLACE = { shiftX: 0, shiftY: 0, zoom: 1 } as const satisfies Alignment;

/** Root mean square of the displacement over a frame of the given size, in its pixels. */
export function meanDisplacement(
  alignment: Alignment,
  frame: { width: number; height: number },
): number {
  const { shiftX, shiftY, zoom } = alignment;
  const spread = ((zoom - 1) ** 2 * (frame.width ** 2 + frame.height ** 2)) / 12;
  return Math.sqrt(shiftX ** 2 + shiftY ** 2 + spread);
}

/** The same alignment seen at another scale (a pyramid level), `factor` times as large. */
export function scaleAlignment(alignment: Alignment, factor: number): Alignment {
  const { shiftX, shiftY, zoom } = alignment;
  return { shiftX: shiftX * factor, shiftY: shiftY * factor, zoom };
}

/** What an alignment becomes when the picture it corrected still shows `rest`: first `rest`, then `first`. */
export function composeAlignments(first: Alignment, rest: Alignment): Alignment {
  return {
    shiftX: rest.shiftX * first.zoom + first.shiftX,
    shiftY: rest.shiftY * first.zoom + first.shiftY,
    zoom: rest.zoom * first.zoom,
  };
}
