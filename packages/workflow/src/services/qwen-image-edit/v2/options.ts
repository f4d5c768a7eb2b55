import type { OptionWords } from "./option-words.ts";
import { ACCESSORIES } from "./options-accessories.ts";
import { FESTIVAL, PORTRAIT_BACKDROP } from "./options-backdrop.ts";
import { EXPRESSION } from "./options-expression.ts";
import { FOOD, FOOD_SETTING } from "./options-food.ts";
import { HAIR } from "./options-hair.ts";
import { LIGHT } from "./options-light.ts";
import { MAKEUP } from "./options-makeup.ts";
import { OUTFIT_COLOR } from "./options-outfit-color.ts";
import { OUTFIT } from "./options-outfit.ts";
import { PERSON_KEEP } from "./options-person-keep.ts";
import { pictureGroup } from "./options-picture.ts";
import { BACKGROUND } from "./options-place.ts";
import { PRODUCT_RETOUCH } from "./options-product-retouch.ts";
import { PRODUCT_BACKGROUND, PRODUCT_KEEP } from "./options-product.ts";
import { REMOVE } from "./options-remove.ts";
import { FURNITURE, ROOM } from "./options-room.ts";
import { SKIN } from "./options-skin.ts";
import { STYLE } from "./options-style.ts";
import { WEATHER } from "./options-weather.ts";

/**
 * Every option group in the order users see them and the instruction follows: what shops need comes
 * first. Where two contradict each other, the earlier one is used.
 */
export const OPTION_GROUPS: readonly OptionWords[] = [
  PRODUCT_BACKGROUND,
  PRODUCT_KEEP,
  PRODUCT_RETOUCH,
  FOOD_SETTING,
  FOOD,
  OUTFIT,
  OUTFIT_COLOR,
  HAIR,
  ACCESSORIES,
  EXPRESSION,
  SKIN,
  MAKEUP,
  PERSON_KEEP,
  PORTRAIT_BACKDROP,
  BACKGROUND,
  FESTIVAL,
  LIGHT,
  WEATHER,
  REMOVE,
  STYLE,
  ROOM,
  FURNITURE,
  pictureGroup(2),
  pictureGroup(3),
];
