import type { ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Chosen, ChosenChange, ChosenKeep, DroppedChoice } from "./chosen.ts";
import type { Cast } from "./option-words.ts";
import { OPTION_GROUPS } from "./options.ts";
import { isOfNewClothes, newColorOf, overruledChoices } from "./overruled-choices.ts";
import { overruledKeeps } from "./overruled-keeps.ts";
import { requestActs } from "./request-acts.ts";
import { titleOf } from "./choice-title.ts";
import { recolorWords } from "./recolor-words.ts";
import { possibleChanges, possibleKeeps } from "./resolve-contradictions.ts";

/** What a choice gives way to when the user wrote otherwise. */
const REQUEST: LocalizedText = { th: "คำสั่งที่พิมพ์", en: "your words" };

/**
 * Reads the options as words, in the order of the groups. Where two contradict, the earlier stays;
 * where the request contradicts one, the request is followed.
 */
export function chosenWords(
  { options, extraImages }: Pick<ServiceInput, "options" | "extraImages">,
  request: TranslatedRequest,
): Chosen {
  const picked = pickedChanges(options);
  const offered = picked.filter(({ group }) => (group.picture ?? 1) <= 1 + extraImages);
  const overruled = overruledChoices(offered, request);
  const acts = requestActs(request);
  const wearsNew = acts.some(isOfNewClothes);
  const asked = offered
    .filter((chosen) => !overruled.has(chosen))
    .map((chosen) => inColor(wearsNew ? asColorOfNew(chosen) : chosen, newColorOf(chosen, acts)));
  const { changes, dropped } = possibleChanges(asked);
  const pickedToKeep = pickedKeeps(options);
  const given = overruledKeeps(pickedToKeep, request);
  const { keeps, dropped: broken } = possibleKeeps(
    pickedToKeep.filter((chosen) => !given.has(chosen)),
    changes,
  );
  return {
    changes,
    keeps,
    dropped: [
      ...picked.filter((chosen) => !offered.includes(chosen)).map(withoutPicture),
      ...[...overruled].map(byRequest),
      ...dropped,
      ...[...given].map(givenUp),
      ...broken,
    ],
    // What the request decides otherwise tells what the photo is of all the same.
    cast: castOf([...changes, ...overruled], [...keeps, ...given]),
  };
}

function pickedChanges(options: Readonly<Record<string, string>>): ChosenChange[] {
  return OPTION_GROUPS.flatMap((group) => {
    if (group.kind === "keep") return [];
    const choice = group.choices.find(({ id }) => id === options[group.id]);
    if (choice === undefined) return [];
    const changes = choice.changes ?? group.changes;
    const remains = choice.remains ?? group.remains ?? {};
    return [{ group, choice, change: choice.change, changes, remains }];
  });
}

function pickedKeeps(options: Readonly<Record<string, string>>): ChosenKeep[] {
  return OPTION_GROUPS.flatMap((group) => {
    if (group.kind === "change") return [];
    const choice = group.choices.find(({ id }) => id === options[group.id]);
    return choice === undefined ? [] : [{ group, choice }];
  });
}

/** A color chosen for clothes that the request replaces is the color of the new ones. */
function asColorOfNew(chosen: ChosenChange): ChosenChange {
  const { color } = chosen.choice;
  if (color === undefined) return chosen;
  const change = { th: `ให้ชุดเป็น${color.th}`, en: `Make the outfit ${color.en}` };
  return { ...chosen, change };
}

/** A chosen outfit in the color that the words give it. */
function inColor(chosen: ChosenChange, color: string | null): ChosenChange {
  const { recolor } = chosen.choice;
  if (recolor === undefined || color === null) return chosen;
  const change = recolorWords(recolor, { th: "สีตามที่พิมพ์", en: color });
  return { ...chosen, change };
}

function byRequest(chosen: ChosenChange): DroppedChoice {
  const reason = chosen.group.id === "style" ? "TWO_STYLES" : "REQUEST_OVER_OPTION";
  return { reason, groupId: chosen.group.id, title: titleOf(chosen), instead: REQUEST };
}

function givenUp(chosen: ChosenKeep): DroppedChoice {
  const title = titleOf(chosen);
  return { reason: "KEEP_AND_REQUEST", groupId: chosen.group.id, title, instead: REQUEST };
}

function withoutPicture({ group, choice }: ChosenChange): DroppedChoice {
  const number = String(group.picture ?? 1);
  return {
    reason: "PICTURE_MISSING",
    groupId: group.id,
    title: choice.title,
    instead: { th: `รูปที่ ${number}`, en: `Picture ${number}` },
  };
}

/** What changes tells more than what stays; what stays tells it where a change could be of anything. */
function castOf(changes: readonly ChosenChange[], keeps: readonly ChosenKeep[]): Cast {
  const changed = strongestCast(changes.map(({ group, choice }) => choice.cast ?? group.cast));
  return changed === "scene" ? strongestCast(keeps.map(({ group }) => group.cast)) : changed;
}

/** A product or a dish is what a shop cares about; a person comes before the room and scene around. */
function strongestCast(casts: readonly Cast[]): Cast {
  const order = ["product", "food", "person", "room"] as const satisfies readonly Cast[];
  return order.find((cast) => casts.includes(cast)) ?? "scene";
}
