import type { CanvasPlan } from "../canvas/canvas-plan.ts";
import type { PixelSize } from "../canvas/encoder-sizes.ts";
import type { PixelRect } from "../canvas/pixel-rect.ts";
import type { ApiGraph } from "../graph/api-graph.ts";
import type { LocalizedText } from "../localized-text.ts";
import type { WorkflowContract } from "./workflow-contract.ts";

/** What a user asked for; absent fields take the contract's defaults. */
export interface RawServiceInput {
  options?: Record<string, string> | undefined;
  params?: Record<string, number> | undefined;
  prompt?: string | undefined;
  ratio?: string | undefined;
  mode?: string | undefined;
  /** Already drawn by the caller: integer 0…2^53−1. */
  seed: number;
  hasMask: boolean;
  /** Pictures besides the first. */
  extraImages: number;
}

/** An input that fits the contract, defaults filled in. */
export interface ServiceInput {
  options: Record<string, string>;
  params: Record<string, number>;
  /** As the user wrote it; `null` when nothing readable was written. */
  prompt: string | null;
  ratio: string;
  mode: string;
  seed: number;
  hasMask: boolean;
  extraImages: number;
}

export type InputProblemCode =
  | "OPTION_UNKNOWN"
  | "PROMPT_TOO_LONG"
  | "PROMPT_INVALID"
  | "INPUT_INVALID";

/** Why an input is refused; `field` is its path, such as `options.outfit`. */
export interface InputProblem {
  code: InputProblemCode;
  field: string;
}

export type InputResolution =
  | { ok: true; input: ServiceInput }
  | { ok: false; problem: InputProblem };

/** Something worth knowing before paying; the edit would run all the same. */
export interface PromptWarning {
  code: string;
  message: LocalizedText;
  /** The input field it is about, `null` when it is about the whole. */
  field: string | null;
}

/** The instruction the model gets, and what it says, for the user. */
export interface CompiledPrompt {
  en: string;
  th: string;
  warnings: PromptWarning[];
  /** False when the picture itself stays as it is and only margins are added to it (another ratio). */
  editsPicture: boolean;
}

/** A graph ready to be sent. */
export interface BoundGraph {
  /** Name of the template variant. */
  variant: string;
  graph: ApiGraph;
  /** sha256 (hex) over canonical JSON in which file names and the file prefix are placeholders. */
  graphHash: string;
  outputNodeId: string;
  /** Input file names the graph reads. */
  files: string[];
}

export interface CanvasRequest {
  picture: PixelSize;
  /** Bounding box of the painted pixels in source px, `null` without a mask. */
  maskBounds: PixelRect | null;
  ratio: string;
  mode: string;
  params: Readonly<Record<string, number>>;
  /** As the compiled prompt says; see {@link CompiledPrompt}. */
  editsPicture: boolean;
}

export interface BindRequest {
  mode: string;
  seed: number;
  params: Readonly<Record<string, number>>;
  promptEn: string;
  plan: CanvasPlan;
  /** Flat ASCII names in ComfyUI's input folder. */
  files: {
    /** The pictures in their order; the first is the one being edited. */
    images: readonly string[];
    /** Given exactly when the plan has a mask (painted, or the margins of a new ratio). */
    mask: string | null;
  };
  /** Start of the output's file name: letters, digits, `-` and `_`. */
  filePrefix: string;
}

/** One released version of a service: pure functions from a user's input to a ComfyUI graph. */
export interface GpuService {
  readonly id: string;
  /** Such as `qwen-image-edit@1`. */
  readonly version: string;
  readonly contract: WorkflowContract;
  /** Checks an input against the contract and fills in the defaults. */
  resolveInput(raw: RawServiceInput): InputResolution;
  /** Turns an input into one specific English instruction; the same input gives the same text. */
  compilePrompt(input: ServiceInput): CompiledPrompt;
  /** @throws {RangeError} on a ratio, mode or picture size the contract does not offer. */
  planCanvas(request: CanvasRequest): CanvasPlan;
  /** @throws {RangeError} on a mode, file name, prefix or seed that no user's input can produce. */
  bind(request: BindRequest): BoundGraph;
}
