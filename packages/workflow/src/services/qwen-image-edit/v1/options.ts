import type { OptionWords } from "./option-words.ts";
import { HAIR, OUTFIT } from "./options-person.ts";
import { PRODUCT_BACKGROUND, PRODUCT_KEEP } from "./options-product.ts";
import { BACKGROUND, LIGHT } from "./options-scene.ts";

/** Every option group in the order users see them: what shops need comes first. */
export const OPTION_GROUPS: readonly OptionWords[] = [
  PRODUCT_BACKGROUND,
  PRODUCT_KEEP,
  OUTFIT,
  HAIR,
  BACKGROUND,
  LIGHT,
];
