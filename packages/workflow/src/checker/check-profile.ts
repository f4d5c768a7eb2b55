/**
 * `comfyui`: exactly what ComfyUI 0.14.1 says. `strict`: also refuses what it accepts carelessly and
 * only stumbles over when it runs.
 */
export type CheckProfile = "comfyui" | "strict";
