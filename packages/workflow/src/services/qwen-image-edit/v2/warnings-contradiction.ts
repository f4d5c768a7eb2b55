import { PERSON_SUBJECTS } from "../../../prompt/subjects.ts";
import { hasTrait, slotOf, type Chosen, type ChosenChange } from "./chosen.ts";
import { titleOf } from "./choice-title.ts";
import type { Trait } from "./option-words.ts";
import type { Warn, WarningFacts } from "./warning-facts.ts";

/** Light that a setting or the weather cannot have. */
const LIGHT_CLASHES: readonly (readonly [light: Trait, other: Trait])[] = [
  ["daylight", "night"],
  ["sunlight", "night"],
  ["sunlight", "even"],
  ["sunlight", "rain"],
  ["dark", "even"],
  ["dark", "sunny"],
  ["studioLight", "outdoor"],
  ["studioLight", "sky"],
];

/** Weather that a setting cannot have; `sky` stands for any of it. */
const WEATHER_CLASHES: readonly (readonly [weather: Trait, other: Trait])[] = [
  ["sky", "indoor"],
  ["sky", "studio"],
  ["snow", "tropical"],
  ["night", "day"],
  ["night", "sunny"],
  ["sunny", "night"],
  ["sunlight", "night"],
  ["day", "night"],
  ["rain", "sunny"],
];

const PERSON_GROUPS = [
  "outfit",
  "outfit-color",
  "hair",
  "accessories",
  "expression",
  "skin",
  "makeup",
];
const FINE_RETOUCH = ["skin", "product-retouch"];

/** Chosen options that do not go together, though each of them is done. */
export function contradictionWarnings({ chosen, request }: WarningFacts, warn: Warn): void {
  const find = (groupId: string): ChosenChange | undefined =>
    chosen.changes.find(({ group }) => group.id === groupId);
  const light = find("light");
  const weather = find("weather");
  const settings = chosen.changes.filter((change) => slotOf(change) === "setting");
  if (light !== undefined) {
    const around = weather === undefined ? settings : [...settings, weather];
    if (clash(LIGHT_CLASHES, light, around)) warn("LIGHT_MISMATCH", "options.light");
  }
  if (
    weather !== undefined &&
    isWeatherAmiss(weather, settings, find("room") ?? find("furniture"))
  ) {
    warn("WEATHER_MISMATCH", "options.weather");
  }
  const headwear = chosen.changes.find(({ choice }) =>
    choice.traits?.some((trait) => trait === "hat" || trait === "headscarf"),
  );
  if (headwear !== undefined && find("hair") !== undefined) {
    warn("HAIR_AND_HAT", "options.accessories", { title: headwear.choice.title });
  }
  idPhotoWarnings(chosen, warn);
  personWarnings({ chosen, request }, warn);
  if (request.isStyle || hasTrait(chosen, "drawn")) styleWarnings(chosen, warn);
  const overlaid = hasTrait(chosen, "overlayText");
  const text = chosen.keeps.find(({ choice }) => choice.covers.includes("text"));
  if (overlaid && text !== undefined) {
    warn("KEEP_AND_REMOVE_TEXT", "options.remove", { title: text.choice.title });
  }
}

function clash(
  pairs: readonly (readonly [Trait, Trait])[],
  chosen: ChosenChange,
  others: readonly ChosenChange[],
): boolean {
  const traits = chosen.choice.traits ?? [];
  return pairs.some(
    ([own, other]) =>
      traits.includes(own) && others.some(({ choice }) => choice.traits?.includes(other) === true),
  );
}

function isWeatherAmiss(
  weather: ChosenChange,
  settings: readonly ChosenChange[],
  inside: ChosenChange | undefined,
): boolean {
  return inside !== undefined || clash(WEATHER_CLASHES, weather, settings);
}

function idPhotoWarnings(chosen: Chosen, warn: Warn): void {
  if (!hasTrait(chosen, "idPhoto")) return;
  const banned = chosen.changes.filter(({ choice }) =>
    (["hat", "shades", "drawn"] as const).some((trait) => choice.traits?.includes(trait) === true),
  );
  for (const { group, choice } of banned) {
    warn("ID_PHOTO_ITEMS", `options.${group.id}`, { title: choice.title });
  }
}

/** One choice about a person among choices about things may be a slip; two, or words, are not. */
function personWarnings(
  { chosen, request }: Pick<WarningFacts, "chosen" | "request">,
  warn: Warn,
): void {
  const [first, second] = chosen.changes.filter(({ group }) => PERSON_GROUPS.includes(group.id));
  if (first === undefined || second !== undefined) return;
  const isSaid = PERSON_SUBJECTS.some((subject) => request.changes.has(subject));
  const isKept = chosen.keeps.some(({ group }) => group.cast === "person");
  if (isSaid || isKept) return;
  const isOfThings = chosen.changes.some(
    ({ group }) => group.cast === "product" || group.cast === "food" || group.cast === "room",
  );
  if (isOfThings) {
    const title = titleOf(first);
    warn("PERSON_OPTION_WITHOUT_PERSON", `options.${first.group.id}`, { title });
  }
}

function styleWarnings(chosen: Chosen, warn: Warn): void {
  for (const { group, choice } of chosen.keeps) {
    warn("STYLE_AND_KEEP", `options.${group.id}`, { title: choice.title });
  }
  for (const { group, choice } of chosen.changes) {
    if (FINE_RETOUCH.includes(group.id)) {
      warn("STYLE_HIDES_RETOUCH", `options.${group.id}`, { title: choice.title });
    }
  }
}
