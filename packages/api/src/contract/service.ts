import type { LocalizedText } from "./localized-text.ts";

/** A GPU service as the public catalogue shows it. */
export interface Service {
  id: string;
  version: string;
  /** True while the simulator stands in for the GPU: the pictures are not what a model would draw. */
  isSimulated: boolean;
  title: LocalizedText;
  images: { min: number; max: number };
  mask: "none" | "optional" | "required";
  options: { id: string; title: LocalizedText; choices: { id: string; title: LocalizedText }[] }[];
  params: {
    id: string;
    title: LocalizedText;
    min: number;
    max: number;
    step: number;
    default: number;
  }[];
  ratios: string[];
  modes: { id: string; title: LocalizedText; credits: number; typicalSeconds: number }[];
  /** Bounds of an input; absent from servers of before. */
  limits?: {
    /** Unicode code points of the raw prompt. */
    promptCodePoints: number;
  };
}
