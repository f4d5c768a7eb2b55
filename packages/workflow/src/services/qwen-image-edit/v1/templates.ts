import type {
  BindingName,
  BindingTarget,
  Mode,
  NodeClass,
  RequiredModel,
  TemplateVariant,
} from "../../../contract/workflow-contract.ts";
import type { ApiGraph, ApiNode } from "../../../graph/api-graph.ts";

const UNET_FILE = "qwen_image_edit_2509_fp8_e4m3fn.safetensors";
const CLIP_FILE = "qwen_2.5_vl_7b_fp8_scaled.safetensors";
const VAE_FILE = "qwen_image_vae.safetensors";
const LIGHTNING_FILE = "Qwen-Image-Edit-2509-Lightning-4steps-V1.0-bf16.safetensors";

export const REQUIRED_MODELS = [
  { loader: "UNETLoader", input: "unet_name", file: UNET_FILE },
  { loader: "CLIPLoader", input: "clip_name", file: CLIP_FILE },
  { loader: "VAELoader", input: "vae_name", file: VAE_FILE },
  { loader: "LoraLoaderModelOnly", input: "lora_name", file: LIGHTNING_FILE },
] as const satisfies readonly RequiredModel[];

/**
 * The classes of the graphs below. 0.3.10 is the first release that carries its own number; classes
 * marked so are at least that old. 0.3.49 brought the `qwen_image` type to CLIPLoader, 0.3.60 the
 * strength to DifferentialDiffusion.
 */
export const NODE_CLASSES = [
  { name: "UNETLoader", since: "0.3.10" },
  { name: "CLIPLoader", since: "0.3.49" },
  { name: "VAELoader", since: "0.3.10" },
  { name: "LoraLoaderModelOnly", since: "0.3.10" },
  { name: "ModelSamplingAuraFlow", since: "0.3.10" },
  { name: "CFGNorm", since: "0.3.45" },
  { name: "LoadImage", since: "0.3.10" },
  { name: "TextEncodeQwenImageEditPlus", since: "0.3.60" },
  { name: "VAEEncode", since: "0.3.10" },
  { name: "KSampler", since: "0.3.10" },
  { name: "VAEDecode", since: "0.3.10" },
  { name: "SaveImage", since: "0.3.10" },
  { name: "ImageToMask", since: "0.3.10" },
  { name: "GrowMask", since: "0.3.10" },
  { name: "MaskToImage", since: "0.3.10" },
  { name: "ImageBlur", since: "0.3.10" },
  { name: "SetLatentNoiseMask", since: "0.3.10" },
  { name: "DifferentialDiffusion", since: "0.3.60" },
] as const satisfies readonly NodeClass[];

const OUTPUT_NODE_ID = "60";

/** Mask growth in canvas px the graphs are written with; a bound leaf. */
export const MASK_GROW_CANVAS_PX = 12;
/** Blur of the grown mask; half the growth, so that every painted pixel keeps the full value 1. */
const MASK_BLUR_RADIUS_PX = 6;

const BINDINGS = {
  image1: { nodeId: "78", input: "image" },
  prompt: { nodeId: "111", input: "prompt" },
  seed: { nodeId: "3", input: "seed" },
  filePrefix: { nodeId: OUTPUT_NODE_ID, input: "filename_prefix" },
} as const satisfies Partial<Record<BindingName, BindingTarget>>;

const MASK_BINDINGS = {
  mask: { nodeId: "201", input: "image" },
  maskGrowPx: { nodeId: "204", input: "expand" },
} as const satisfies Partial<Record<BindingName, BindingTarget>>;

/** How one mode differs in the graph; `lightning` loads the 4-step distillation. */
export interface SamplingSettings extends Pick<Mode, "steps" | "cfg"> {
  lightning: boolean;
}

/**
 * One variant of the official Qwen-Image-Edit-2509 graph. Picture and mask arrive at canvas size,
 * so nothing in it scales or crops.
 */
export function templateVariant(
  mode: string,
  o: { hasMask: boolean; sampling: SamplingSettings },
): TemplateVariant {
  return {
    name: o.hasMask ? `${mode}-masked` : mode,
    mode,
    hasMask: o.hasMask,
    images: 1,
    graph: {
      ...loaders(o.sampling.lightning),
      ...conditioning(),
      ...(o.hasMask ? maskNodes() : {}),
      ...sampling(o),
    },
    bindings: { ...BINDINGS, ...(o.hasMask ? MASK_BINDINGS : {}) },
    outputNodeId: OUTPUT_NODE_ID,
  };
}

function node(title: string, classType: string, inputs: Record<string, unknown>): ApiNode {
  return { class_type: classType, inputs, _meta: { title } };
}

function loaders(lightning: boolean): ApiGraph {
  return {
    "37": node("Diffusion model", "UNETLoader", { unet_name: UNET_FILE, weight_dtype: "default" }),
    "38": node("Text encoder", "CLIPLoader", {
      clip_name: CLIP_FILE,
      type: "qwen_image",
      device: "default",
    }),
    "39": node("VAE", "VAELoader", { vae_name: VAE_FILE }),
    ...(lightning
      ? {
          "89": node("Lightning 4 steps", "LoraLoaderModelOnly", {
            model: ["37", 0],
            lora_name: LIGHTNING_FILE,
            strength_model: 1,
          }),
        }
      : {}),
    "66": node("Shift", "ModelSamplingAuraFlow", {
      model: [lightning ? "89" : "37", 0],
      shift: 3,
    }),
    "75": node("CFGNorm", "CFGNorm", { model: ["66", 0], strength: 1 }),
  };
}

function conditioning(): ApiGraph {
  const encode = (prompt: string): Record<string, unknown> => ({
    clip: ["38", 0],
    prompt,
    vae: ["39", 0],
    image1: ["78", 0],
  });
  return {
    "78": node("Picture 1", "LoadImage", { image: "picture.png" }),
    "111": node("Instruction", "TextEncodeQwenImageEditPlus", encode("")),
    "110": node("Negative", "TextEncodeQwenImageEditPlus", encode("")),
    "88": node("Picture 1 as latent", "VAEEncode", { pixels: ["78", 0], vae: ["39", 0] }),
  };
}

/** White in the mask file = change. Its red channel is grown, softened and laid over the latent. */
function maskNodes(): ApiGraph {
  return {
    "201": node("Mask file", "LoadImage", { image: "mask.png" }),
    "203": node("Mask", "ImageToMask", { image: ["201", 0], channel: "red" }),
    "204": node("Grow", "GrowMask", {
      mask: ["203", 0],
      expand: MASK_GROW_CANVAS_PX,
      tapered_corners: true,
    }),
    "205": node("Grown mask as image", "MaskToImage", { mask: ["204", 0] }),
    "206": node("Soften", "ImageBlur", {
      image: ["205", 0],
      blur_radius: MASK_BLUR_RADIUS_PX,
      sigma: 1,
    }),
    "207": node("Soft mask", "ImageToMask", { image: ["206", 0], channel: "red" }),
    "208": node("Latent to change", "SetLatentNoiseMask", {
      samples: ["88", 0],
      mask: ["207", 0],
    }),
    "209": node("Soft edges", "DifferentialDiffusion", { model: ["75", 0], strength: 1 }),
  };
}

function sampling(o: { hasMask: boolean; sampling: SamplingSettings }): ApiGraph {
  return {
    "3": node("Sampler", "KSampler", {
      model: [o.hasMask ? "209" : "75", 0],
      positive: ["111", 0],
      negative: ["110", 0],
      latent_image: [o.hasMask ? "208" : "88", 0],
      seed: 0,
      steps: o.sampling.steps,
      cfg: o.sampling.cfg,
      sampler_name: "euler",
      scheduler: "simple",
      denoise: 1,
    }),
    "8": node("Decode", "VAEDecode", { samples: ["3", 0], vae: ["39", 0] }),
    [OUTPUT_NODE_ID]: node("Save", "SaveImage", { images: ["8", 0], filename_prefix: "result" }),
  };
}
