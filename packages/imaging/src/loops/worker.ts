/** The pixel worker's tasks, by name. Pictures travel in shared memory; nothing here keeps state between tasks. */
export { countChanges } from "./count-changes.ts";
export { featherBand } from "./feather-band.ts";
export { fillOutside } from "./fill-outside.ts";
export { layOutBand, layOutMaskBand } from "./lay-out-band.ts";
export { measureSeam } from "./measure-seam.ts";
export { measureSimilarity } from "./measure-similarity.ts";
export { pasteBand } from "./paste-band.ts";
export { encodePngBand } from "./png-band.ts";
export { readMask } from "./read-mask.ts";
export { registerModel } from "./register-model.ts";
export { resizeMask } from "./resize-mask.ts";
