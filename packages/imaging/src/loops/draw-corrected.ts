import { sharedBytes, type Pixels } from "../pixels.ts";
import type { Alignment } from "./alignment.ts";
import { axisMap } from "./axis-map.ts";
import { createDrawing } from "./draw-rows.ts";
import { resampleAxis } from "./resample-axis.ts";

/** The whole canvas as the model drew it, and what it did to the working copy at (`left`, `top`). */
export interface DrawCorrectedTask {
  /** RGB. */
  model: Pixels;
  left: number;
  top: number;
  /** Of the working copy. */
  width: number;
  height: number;
  alignment: Alignment;
}

/** The model's picture over the working copy's frame with shift and zoom undone: resampled as the paste-back does it. */
export function drawCorrected(task: DrawCorrectedTask): Pixels {
  const { model, left, top, width, height, alignment } = task;
  const { zoom, shiftX, shiftY } = alignment;
  const across = resampleAxis({
    ...wholeAxis(width, { padStart: left, zoom, shift: shiftX }),
    inputLength: model.width,
  });
  const down = resampleAxis({
    ...wholeAxis(height, { padStart: top, zoom, shift: shiftY }),
    inputLength: model.height,
  });
  const drawing = createDrawing(model, { across, down, columns: width });
  const data = sharedBytes(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    drawing.drawRow(row, 0, width);
    data.set(drawing.drawn, row * width * 3);
  }
  return { data, width, height, channels: 3 };
}

function wholeAxis(length: number, moved: { padStart: number; zoom: number; shift: number }) {
  const map = axisMap({ cropStart: 0, cropLength: length, scaledLength: length, ...moved });
  return { fromIndex: 0, toIndex: length, ...map };
}
