/** A file a loader node asked for that ComfyUI does not list. */
export interface MissingModelFile {
  file: string;
  /** The loader's class where the answer names it. */
  classType: string | null;
  nodeId: string | null;
  /** Where ComfyUI looks for it, under its base folder or the network volume. */
  folder: string;
}

/**
 * The input of a loader names the folder. On a network volume only the legacy names are mapped:
 * `unet` and `clip`, not `diffusion_models` and `text_encoders`.
 * @see https://github.com/runpod-workers/worker-comfyui/blob/main/src/extra_model_paths.yaml
 */
const FOLDERS: ReadonlyMap<string, { folder: string; loader: RegExp }> = new Map([
  ["unet_name", { folder: "models/unet", loader: /UNETLoader\w*|UnetLoader\w*/ }],
  ["clip_name", { folder: "models/clip", loader: /\w*CLIPLoader\w*/ }],
  ["clip_name1", { folder: "models/clip", loader: /\w*CLIPLoader\w*/ }],
  ["clip_name2", { folder: "models/clip", loader: /\w*CLIPLoader\w*/ }],
  ["vae_name", { folder: "models/vae", loader: /VAELoader\w*/ }],
  ["lora_name", { folder: "models/loras", loader: /LoraLoader\w*/ }],
  ["ckpt_name", { folder: "models/checkpoints", loader: /CheckpointLoader\w*/ }],
  ["control_net_name", { folder: "models/controlnet", loader: /ControlNetLoader\w*/ }],
  ["model_name", { folder: "models/upscale_models", loader: /UpscaleModelLoader\w*/ }],
]);

const NOT_IN_LIST = /(\w+): \\?'([^'\\]{1,200})\\?' not in (?:\[|\(list of length)/g;

/**
 * Finds the model files that `value_not_in_list` complains of, in ComfyUI's JSON or in
 * worker-comfyui's Python repr of it; other lists (a sampler's name) are none.
 */
export function missingModelFiles(text: string): MissingModelFile[] {
  return [...text.matchAll(NOT_IN_LIST)].flatMap((match) => {
    const [, input, file] = match;
    const known = FOLDERS.get(input ?? "");
    if (known === undefined || file === undefined) return [];
    const nodeId = text
      .slice(0, match.index)
      .match(/(?:Node |")([\w:]+)(?: \(errors\)|":\s*\{"errors")/g);
    return [
      {
        file,
        folder: known.folder,
        classType: known.loader.exec(text.slice(match.index))?.[0] ?? null,
        nodeId: nodeId?.at(-1)?.match(/(?:Node |")([\w:]+)/)?.[1] ?? null,
      },
    ];
  });
}
