import * as z from "zod";

import { ApiGraph } from "../graph/api-graph.ts";
import { LocalizedText } from "../localized-text.ts";

const KebabId = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const ComfyVersion = z.string().regex(/^\d+\.\d+\.\d+$/);

/** One answer to an option group. */
export const OptionChoice = z.strictObject({ id: KebabId, title: LocalizedText });
export type OptionChoice = z.infer<typeof OptionChoice>;

/** A question the user may answer with one choice, or leave out. */
export const OptionGroup = z.strictObject({
  id: KebabId,
  title: LocalizedText,
  choices: z.array(OptionChoice).min(2),
});
export type OptionGroup = z.infer<typeof OptionGroup>;

/** A number the user may set, in the unit its title names. */
export const Param = z.strictObject({
  id: KebabId,
  title: LocalizedText,
  min: z.number(),
  max: z.number(),
  step: z.number().positive(),
  default: z.number(),
});
export type Param = z.infer<typeof Param>;

/** A way of running the service. */
export const Mode = z.strictObject({
  id: KebabId,
  title: LocalizedText,
  /** Its row in the application's price table, among those of the version. */
  priceId: KebabId,
  steps: z.int().positive(),
  cfg: z.number().positive(),
  /** GPU seconds of one run on a warm worker. */
  typicalSeconds: z.number().positive(),
});
export type Mode = z.infer<typeof Mode>;

/** What an edit may set in a graph, besides the service's own params. */
const BINDING_NAMES = [
  "image1",
  "image2",
  "image3",
  "mask",
  "maskGrowPx",
  "prompt",
  "seed",
  "filePrefix",
] as const;

/** One of {@link BINDING_NAMES}, or `params.<id>` for a param of the contract. */
export const BindingName = z.union([
  z.enum(BINDING_NAMES),
  z.templateLiteral(["params.", KebabId]),
]);
export type BindingName = z.infer<typeof BindingName>;

/** The one leaf a binding sets: `inputs[input]` of node `nodeId`. */
export const BindingTarget = z.strictObject({
  nodeId: z.string().min(1),
  input: z.string().min(1),
});
export type BindingTarget = z.infer<typeof BindingTarget>;

/** Every leaf an edit may set, by what sets it. */
export type Bindings = Partial<Record<(typeof BINDING_NAMES)[number], BindingTarget>> &
  Record<`params.${string}`, BindingTarget>;
// The names are not finite, so the record asks for none of them.
export const Bindings: z.ZodType<Bindings> = z.record(BindingName, BindingTarget);

/** A finite, named graph; an edit changes nothing of it but its bound leaves. */
export const TemplateVariant = z.strictObject({
  name: KebabId,
  mode: KebabId,
  hasMask: z.boolean(),
  /** How many pictures it reads besides the mask. */
  images: z.int().min(1).max(3),
  graph: ApiGraph,
  bindings: Bindings,
  outputNodeId: z.string().min(1),
});
export type TemplateVariant = z.infer<typeof TemplateVariant>;

/** A model file a worker must hold, exactly as the loader's input names it. */
export const RequiredModel = z.strictObject({
  loader: z.string().min(1),
  input: z.string().min(1),
  file: z.string().min(1),
});
export type RequiredModel = z.infer<typeof RequiredModel>;

/** A ComfyUI class the graphs use and the oldest release in which it does what they need. */
export const NodeClass = z.strictObject({ name: z.string().min(1), since: ComfyVersion });
export type NodeClass = z.infer<typeof NodeClass>;

/** Bounds of a user's input and of what is sent. */
export const Limits = z.strictObject({
  /** Unicode code points of the raw prompt. */
  promptCodePoints: z.int().positive(),
  seedMax: z.int().positive(),
  /** The upright original: each side in px, and all of it. */
  picture: z.strictObject({ minSidePx: z.int().positive(), maxPixels: z.int().positive() }),
  /** The delivered picture: a new ratio never makes it larger. */
  output: z.strictObject({ maxPixels: z.int().positive() }),
  /** What one request to the GPU may weigh, pictures included as base64. */
  requestBytes: z.int().positive(),
});
export type Limits = z.infer<typeof Limits>;

/** The shape of a contract; `WORKFLOW_CONTRACT_V1` also refuses one that contradicts itself. */
export const ContractShape = z.strictObject({
  contract: z.literal(1),
  id: KebabId,
  /** `<id>@<n>`; a released version never changes. */
  version: z.string().regex(/^[a-z0-9-]+@[1-9]\d*$/),
  title: LocalizedText,
  images: z.strictObject({ min: z.int().positive(), max: z.int().positive() }),
  mask: z.enum(["none", "optional", "required"]),
  options: z.array(OptionGroup),
  params: z.array(Param),
  /** `original` or width:height; the first is the default. */
  ratios: z.array(z.string().regex(/^(?:original|[1-9]\d?:[1-9]\d?)$/)).min(1),
  /** The first is the default. */
  modes: z.array(Mode).min(1),
  variants: z.array(TemplateVariant).min(1),
  models: z.array(RequiredModel),
  nodeClasses: z.array(NodeClass).min(1),
  limits: Limits,
});
export type WorkflowContract = z.infer<typeof ContractShape>;
