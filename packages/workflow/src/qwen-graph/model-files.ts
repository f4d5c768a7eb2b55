import type { NodeClass, RequiredModel } from "../contract/workflow-contract.ts";

/** The four files a worker for Qwen-Image-Edit-2509 holds, about 31 GB. */
export const QWEN_FILES = {
  unet: "qwen_image_edit_2509_fp8_e4m3fn.safetensors",
  clip: "qwen_2.5_vl_7b_fp8_scaled.safetensors",
  vae: "qwen_image_vae.safetensors",
  lightning: "Qwen-Image-Edit-2509-Lightning-4steps-V1.0-bf16.safetensors",
} as const;

/** The same files by the loaders that name them. */
export const QWEN_MODELS = [
  { loader: "UNETLoader", input: "unet_name", file: QWEN_FILES.unet },
  { loader: "CLIPLoader", input: "clip_name", file: QWEN_FILES.clip },
  { loader: "VAELoader", input: "vae_name", file: QWEN_FILES.vae },
  { loader: "LoraLoaderModelOnly", input: "lora_name", file: QWEN_FILES.lightning },
] as const satisfies readonly RequiredModel[];

/**
 * Every class the pieces in this folder use, with the oldest ComfyUI in which it does what we need.
 * 0.3.10 is the first release that carries its own number; classes marked so are at least that old.
 * 0.3.49 brought the `qwen_image` type to CLIPLoader, 0.3.60 the strength to DifferentialDiffusion;
 * ImageScaleToTotalPixels rounds to `resolution_steps` in 0.14.1 and did not yet in 0.3.64.
 */
const SINCE = {
  UNETLoader: "0.3.10",
  CLIPLoader: "0.3.49",
  VAELoader: "0.3.10",
  LoraLoaderModelOnly: "0.3.10",
  ModelSamplingAuraFlow: "0.3.10",
  CFGNorm: "0.3.45",
  LoadImage: "0.3.10",
  TextEncodeQwenImageEditPlus: "0.3.60",
  ReferenceLatent: "0.3.42",
  VAEEncode: "0.3.10",
  KSampler: "0.3.10",
  VAEDecode: "0.3.10",
  SaveImage: "0.3.10",
  ImageToMask: "0.3.10",
  GrowMask: "0.3.10",
  MaskToImage: "0.3.10",
  ImageBlur: "0.3.10",
  SetLatentNoiseMask: "0.3.10",
  DifferentialDiffusion: "0.3.60",
  ImageScaleToTotalPixels: "0.14.1",
} as const satisfies Record<string, string>;
export type QwenNodeClass = keyof typeof SINCE;

/** The `nodeClasses` of a contract whose graphs use these classes. */
export function qwenNodeClasses(names: readonly QwenNodeClass[]): NodeClass[] {
  return names.map((name) => ({ name, since: SINCE[name] }));
}
