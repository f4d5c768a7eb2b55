import type { CompiledPrompt, ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import {
  translateRequest,
  type TranslatedRequest,
} from "../../../prompt/thai/translate-request.ts";
import { chosenWords } from "./chosen-words.ts";
import { hasTrait, slotOf, type Chosen } from "./chosen.ts";
import { joinWords } from "./join-words.ts";
import { keepList } from "./keep-list.ts";
import { peopleLeft } from "./people-left.ts";
import { pictureWords } from "./picture-words.ts";
import {
  BASELINE,
  CLEAN_UP,
  MARGINS_ONLY,
  MASKED,
  OPEN_KEEP,
  outpaintWords,
} from "./prompt-words.ts";
import { requestChanger } from "./request-changer.ts";
import { requestedCast } from "./requested-cast.ts";
import { styleKeep } from "./style-keep.ts";
import { promptWarnings } from "./warnings.ts";

/** One edit as the parts of the instruction see it. */
interface Edit {
  input: ServiceInput;
  chosen: Chosen;
  request: TranslatedRequest;
  hasChange: boolean;
  /** False when only the ratio asks: then the picture itself stays, byte for byte. */
  editsPicture: boolean;
  isDrawn: boolean;
}

/**
 * Compiles an edit into one English instruction: what to change (verb first), from which picture,
 * where, what to keep, and last the quality wanted. The same input gives the same text.
 */
export function compileQwenImageEditV2Prompt(input: ServiceInput): CompiledPrompt {
  const chosen = chosenWords(input);
  const request = translateRequest(input.prompt ?? "");
  const hasChange = chosen.changes.length > 0 || request.sentences.length > 0;
  const edit: Edit = {
    input,
    chosen,
    request,
    hasChange,
    editsPicture: hasChange || input.hasMask || input.ratio === "original",
    isDrawn: hasTrait(chosen, "drawn") || request.isStyle,
  };
  const unmentioned = unmentionedPictures(edit);
  const what = changeWords(edit);
  const pictures =
    input.extraImages > 0 ? [pictureWords({ unmentioned, unused: unusedPictures(edit) })] : [];
  const outpaint = input.ratio === "original" ? [] : [outpaintFor(edit)];
  const where = input.hasMask
    ? [MASKED[input.ratio === "original" ? "inside" : "insideAndMargins"]]
    : [];
  const special = chosen.keeps.map(({ choice }) => choice.keep);
  const kept = keptFor(edit);
  const quality = baselineFor(edit);
  return {
    en: [
      ...what.map(({ en }) => en),
      ...[...outpaint, ...pictures, ...where].map(({ en }) => en),
      ...(special.length === 0
        ? []
        : [`Above all, preserve ${joinWords(special.map(({ en }) => en))}.`]),
      ...(kept.en === "" ? [] : [kept.en]),
      quality.en,
    ].join(" "),
    th: [
      ...line("สิ่งที่จะทำ", [...what, ...outpaint]),
      ...line("รูปที่ใช้", pictures),
      ...line("บริเวณ", where),
      ...line("คงไว้เหมือนเดิม", [...special, kept]),
      ...line("คุณภาพ", [quality]),
    ].join("\n"),
    warnings: promptWarnings({ ...edit, unmentioned }),
    editsPicture: edit.editsPicture,
  };
}

function line(label: string, parts: readonly LocalizedText[]): string[] {
  const said = parts.map(({ th }) => th).filter((th) => th !== "");
  return said.length === 0 ? [] : [`${label}: ${said.join(" · ")}`];
}

function changeWords({ chosen, request, hasChange, editsPicture }: Edit): LocalizedText[] {
  if (!hasChange) {
    return editsPicture ? [CLEAN_UP[chosen.cast === "product" ? "product" : "other"]] : [];
  }
  return [
    ...chosen.changes.map(({ change }) => ({ th: change.th, en: `${change.en}.` })),
    ...(request.sentences.length === 0
      ? []
      : [{ th: request.th, en: request.sentences.join(" ") }]),
  ];
}

function outpaintFor({ input, chosen }: Edit): LocalizedText {
  const setting = chosen.changes.find((change) => slotOf(change) === "setting");
  return outpaintWords(input.ratio, {
    beyond:
      setting === undefined ? "scene" : setting.group.cast === "room" ? "room" : "newBackground",
    hasExtras: input.extraImages > 0,
  });
}

function unmentionedPictures({ input, chosen, request }: Edit): number[] {
  return [2, 3].filter(
    (picture) =>
      picture <= 1 + input.extraImages &&
      !request.pictures.has(picture) &&
      !chosen.changes.some(({ group }) => group.picture === picture) &&
      !chosen.dropped.some(({ groupId }) => groupId === `picture-${picture}`),
  );
}

/** Extra pictures whose only use gave way to another choice. */
function unusedPictures({ input, chosen, request }: Edit): number[] {
  return [2, 3].filter(
    (picture) =>
      picture <= 1 + input.extraImages &&
      !request.pictures.has(picture) &&
      chosen.dropped.some(({ groupId }) => groupId === `picture-${picture}`),
  );
}

function keptFor(edit: Edit): LocalizedText {
  const { input, chosen, request } = edit;
  if (!edit.editsPicture) return MARGINS_ONLY.keep;
  const changers = [...chosen.changes, requestChanger(request)];
  const people = peopleLeft(chosen, request);
  if (edit.isDrawn) {
    return styleKeep({ changers, people, hasNewFormat: input.ratio !== "original" });
  }
  if (request.sentences.length > 0 && request.changes.size === 0) return OPEN_KEEP;
  return keepList({
    changers,
    covered: coveredSubjects(edit),
    protects: request.protects,
    cast: requestedCast(edit.chosen, edit.request),
    people,
    hasNewFormat: input.ratio !== "original",
    hasExtras: input.extraImages > 0,
  });
}

/** What is said already: by a chosen protection, or by a sentence of the request's own. */
function coveredSubjects({ chosen, request }: Edit): Set<Subject> {
  const isSaid = request.sentences.some((sentence) => /^Keep\b/.test(sentence));
  return new Set<Subject>([
    ...chosen.keeps.flatMap(({ choice }) => choice.covers),
    ...(isSaid ? request.protects : []),
  ]);
}

function baselineFor(edit: Edit): LocalizedText {
  if (!edit.editsPicture) return MARGINS_ONLY.quality;
  if (edit.isDrawn) return BASELINE.drawn;
  return hasTrait(edit.chosen, "look")
    ? BASELINE.look
    : BASELINE[requestedCast(edit.chosen, edit.request)];
}
