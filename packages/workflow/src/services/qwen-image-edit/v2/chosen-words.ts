import type { ServiceInput } from "../../../contract/gpu-service.ts";
import type { Chosen, ChosenChange, ChosenKeep, DroppedChoice } from "./chosen.ts";
import type { Cast } from "./option-words.ts";
import { OPTION_GROUPS } from "./options.ts";
import { possibleChanges, possibleKeeps } from "./resolve-contradictions.ts";

/** Reads the options as words, in the order of the groups; where two contradict, the earlier stays. */
export function chosenWords({
  options,
  extraImages,
}: Pick<ServiceInput, "options" | "extraImages">): Chosen {
  const picked = pickedChanges(options);
  const offered = picked.filter(({ group }) => (group.picture ?? 1) <= 1 + extraImages);
  const { changes, dropped } = possibleChanges(offered);
  const { keeps, dropped: broken } = possibleKeeps(pickedKeeps(options), changes);
  return {
    changes,
    keeps,
    dropped: [
      ...picked.filter((chosen) => !offered.includes(chosen)).map(withoutPicture),
      ...dropped,
      ...broken,
    ],
    cast: castOf(changes, keeps),
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
