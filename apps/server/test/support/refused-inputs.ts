import type { AppErrorCode, Asset } from "@ob/api";

/** What inputs are made of. */
export interface InputParts {
  /** An input of which a job can be made; its photo has 640 × 427. */
  base(): { imageAssetId: string; prompt: string };
  /** Uploads a mask, all of it `value` (0 to 255). */
  mask(width: number, height: number, value: number): Promise<Asset>;
  /** A photo that somebody else uploaded. */
  foreignAssetId(): Promise<string>;
}

/** What is wrong with it, the input itself, and how it is refused. */
type RefusedInput = [string, (of: InputParts) => Promise<object> | object, AppErrorCode, number];

/** Inputs that no job can be made of. */
export const REFUSED_INPUTS: readonly RefusedInput[] = [
  [
    "a mask of another shape",
    async (of) => ({ ...of.base(), maskAssetId: (await of.mask(300, 300, 255)).assetId }),
    "MASK_SIZE_MISMATCH",
    422,
  ],
  [
    "an empty mask",
    async (of) => ({ ...of.base(), maskAssetId: (await of.mask(640, 427, 0)).assetId }),
    "MASK_EMPTY",
    422,
  ],
  [
    "a prompt over 2,000 code points",
    (of) => ({ ...of.base(), prompt: "ก".repeat(2_001) }),
    "PROMPT_TOO_LONG",
    400,
  ],
  [
    "a prompt with control characters",
    (of) => ({ ...of.base(), prompt: "blue\u0007 sky" }),
    "PROMPT_INVALID",
    400,
  ],
  [
    "an unknown option",
    (of) => ({ ...of.base(), options: { nonsense: "x" } }),
    "OPTION_UNKNOWN",
    400,
  ],
  ["an unknown mode", (of) => ({ ...of.base(), mode: "turbo" }), "INPUT_INVALID", 400],
  ["a negative seed", (of) => ({ ...of.base(), seed: -1 }), "INPUT_INVALID", 400],
  ["a seed beyond 2^53 − 1", (of) => ({ ...of.base(), seed: 2 ** 53 }), "INPUT_INVALID", 400],
  ["a field that does not exist", (of) => ({ ...of.base(), credits: 0 }), "INPUT_INVALID", 400],
  [
    "an asset that does not exist",
    (of) => ({ ...of.base(), imageAssetId: crypto.randomUUID() }),
    "ASSET_NOT_FOUND",
    404,
  ],
  [
    "someone else's asset",
    async (of) => ({ ...of.base(), imageAssetId: await of.foreignAssetId() }),
    "ASSET_NOT_FOUND",
    404,
  ],
  [
    "a mask where the photo belongs",
    async (of) => ({ ...of.base(), imageAssetId: (await of.mask(640, 427, 9)).assetId }),
    "ASSET_NOT_FOUND",
    404,
  ],
];
