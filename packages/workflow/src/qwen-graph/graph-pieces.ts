import type { BindingName, BindingTarget, Mode } from "../contract/workflow-contract.ts";
import type { ApiGraph, ApiNode, GraphLink } from "../graph/api-graph.ts";
import { QWEN_FILES, type QwenNodeClass } from "./model-files.ts";

/*
 * The parts of a Qwen-Image-Edit-2509 graph that services put together, with the node ids of the
 * official template where it has them. Released versions are built of them: a change here that
 * reaches one is caught by its digest and belongs into a new piece instead.
 */

/** Where the parts of a graph meet. */
export const LINKS = {
  clip: ["38", 0],
  vae: ["39", 0],
  model: ["75", 0],
  positive: ["111", 0],
  negative: ["110", 0],
  sourceLatent: ["88", 0],
  maskedLatent: ["208", 0],
  maskedModel: ["209", 0],
} as const satisfies Record<string, GraphLink>;

export const OUTPUT_NODE_ID = "60";

/** Up to three pictures: who loads each, and, against pixel shift, who encodes it and refers to it. */
const PICTURES = [
  { name: "image1", loader: "78", latent: "88", reference: "311" },
  { name: "image2", loader: "106", latent: "302", reference: "312" },
  { name: "image3", loader: "108", latent: "303", reference: "313" },
] as const satisfies readonly ({ name: BindingName } & Record<string, string>)[];

/** What every such graph binds. */
export const COMMON_BINDINGS = {
  prompt: { nodeId: "111", input: "prompt" },
  seed: { nodeId: "3", input: "seed" },
  filePrefix: { nodeId: OUTPUT_NODE_ID, input: "filename_prefix" },
} as const satisfies Partial<Record<BindingName, BindingTarget>>;

export const MASK_BINDINGS = {
  mask: { nodeId: "201", input: "image" },
  maskGrowPx: { nodeId: "204", input: "expand" },
} as const satisfies Partial<Record<BindingName, BindingTarget>>;

/** The file names of the first `count` pictures. */
export function pictureBindings(count: number): Partial<Record<BindingName, BindingTarget>> {
  return Object.fromEntries(
    PICTURES.slice(0, count).map(({ name, loader }) => [name, { nodeId: loader, input: "image" }]),
  );
}

/** One node of a graph, titled for whoever opens it in ComfyUI. */
export function node(
  title: string,
  classType: QwenNodeClass,
  inputs: Record<string, unknown>,
): ApiNode {
  return { class_type: classType, inputs, _meta: { title } };
}

/** The model with its patches; `lightning` loads the 4-step distillation. */
export function modelNodes({ lightning }: { lightning: boolean }): ApiGraph {
  return {
    "37": node("Diffusion model", "UNETLoader", {
      unet_name: QWEN_FILES.unet,
      weight_dtype: "default",
    }),
    "38": node("Text encoder", "CLIPLoader", {
      clip_name: QWEN_FILES.clip,
      type: "qwen_image",
      device: "default",
    }),
    "39": node("VAE", "VAELoader", { vae_name: QWEN_FILES.vae }),
    ...(lightning
      ? {
          "89": node("Lightning 4 steps", "LoraLoaderModelOnly", {
            model: ["37", 0],
            lora_name: QWEN_FILES.lightning,
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

/** Loaders of the first `count` pictures. */
export function pictureNodes(count: number): ApiGraph {
  return Object.fromEntries(
    PICTURES.slice(0, count).map(({ name, loader }, at) => [
      loader,
      node(`Picture ${at + 1}`, "LoadImage", { image: `${name}.png` }),
    ]),
  );
}

/**
 * The instruction and its empty negative, both with `pictures` before their eyes. With
 * `givesLatents` the encoder hands the model latents of the pictures, which it scales itself to
 * about 1 MP; without, somebody else must, see {@link referenceNodes}.
 */
export function instructionNodes(o: {
  pictures: readonly GraphLink[];
  givesLatents: boolean;
}): ApiGraph {
  const encode = (): Record<string, unknown> => ({
    clip: LINKS.clip,
    prompt: "",
    ...(o.givesLatents ? { vae: LINKS.vae } : {}),
    ...Object.fromEntries(
      PICTURES.slice(0, o.pictures.length).map((p, at) => [p.name, o.pictures[at]]),
    ),
  });
  return {
    "111": node("Instruction", "TextEncodeQwenImageEditPlus", encode()),
    "110": node("Negative", "TextEncodeQwenImageEditPlus", encode()),
  };
}

/** The links of the first `count` pictures as loaded. */
export function pictureLinks(count: number): GraphLink[] {
  return PICTURES.slice(0, count).map(({ loader }) => [loader, 0]);
}

/** The latent the sampler starts from. */
export function sourceLatentNodes(pixels: GraphLink): ApiGraph {
  return { "88": node("Picture 1 as latent", "VAEEncode", { pixels, vae: LINKS.vae }) };
}

/**
 * The pictures' own latents as references, in their order: no scaling comes between a picture and
 * what the model is told about it, which is what shifts pixels otherwise. Picture 1's latent is the
 * sampler's. `positive` is what the sampler shall listen to.
 */
export function referenceNodes(count: number): { nodes: ApiGraph; positive: GraphLink } {
  const nodes: ApiGraph = {};
  let positive: GraphLink = LINKS.positive;
  for (const [at, { loader, latent, reference }] of PICTURES.slice(0, count).entries()) {
    if (at > 0) {
      nodes[latent] = node(`Picture ${at + 1} as latent`, "VAEEncode", {
        pixels: [loader, 0],
        vae: LINKS.vae,
      });
    }
    nodes[reference] = node(`Refer to picture ${at + 1}`, "ReferenceLatent", {
      conditioning: positive,
      latent: [latent, 0],
    });
    positive = [reference, 0];
  }
  return { nodes, positive };
}

/**
 * White in the mask file = change. Its red channel is grown, softened and laid over the latent. The
 * blur must stay below the growth, so that every painted pixel keeps the full value 1.
 */
export function maskNodes(o: { growPx: number; blurRadiusPx: number }): ApiGraph {
  return {
    "201": node("Mask file", "LoadImage", { image: "mask.png" }),
    "203": node("Mask", "ImageToMask", { image: ["201", 0], channel: "red" }),
    "204": node("Grow", "GrowMask", {
      mask: ["203", 0],
      expand: o.growPx,
      tapered_corners: true,
    }),
    "205": node("Grown mask as image", "MaskToImage", { mask: ["204", 0] }),
    "206": node("Soften", "ImageBlur", {
      image: ["205", 0],
      blur_radius: o.blurRadiusPx,
      sigma: 1,
    }),
    "207": node("Soft mask", "ImageToMask", { image: ["206", 0], channel: "red" }),
    "208": node("Latent to change", "SetLatentNoiseMask", {
      samples: LINKS.sourceLatent,
      mask: ["207", 0],
    }),
    "209": node("Soft edges", "DifferentialDiffusion", { model: LINKS.model, strength: 1 }),
  };
}

export interface SamplerSettings extends Pick<Mode, "steps" | "cfg"> {
  model: GraphLink;
  positive: GraphLink;
  latent: GraphLink;
  denoise: number;
}

/** Sampler, decoder, and the one output. */
export function samplerNodes(o: SamplerSettings): ApiGraph {
  return {
    "3": node("Sampler", "KSampler", {
      model: o.model,
      positive: o.positive,
      negative: LINKS.negative,
      latent_image: o.latent,
      seed: 0,
      steps: o.steps,
      cfg: o.cfg,
      sampler_name: "euler",
      scheduler: "simple",
      denoise: o.denoise,
    }),
    "8": node("Decode", "VAEDecode", { samples: ["3", 0], vae: LINKS.vae }),
    [OUTPUT_NODE_ID]: node("Save", "SaveImage", { images: ["8", 0], filename_prefix: "result" }),
  };
}
