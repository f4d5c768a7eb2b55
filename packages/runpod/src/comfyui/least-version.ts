/**
 * The oldest ComfyUI that draws our graphs as they are meant: since then ImageScaleToTotalPixels
 * rounds as they need it. Also far newer than the one that learned to interrupt a prompt by its id.
 */
export const LEAST_COMFYUI_VERSION = "0.14.1";
