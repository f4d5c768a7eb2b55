import type { CompiledPrompt, ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import {
  translateRequest,
  type TranslatedRequest,
} from "../../../prompt/thai/translate-request.ts";
import { chosenWords } from "./chosen-words.ts";
import { hasTrait, slotOf, type Chosen } from "./chosen.ts";
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
import { isKeepSentence } from "./request-acts.ts";
import { requestChanger, withoutBrokenKeeps } from "./request-changer.ts";
import { requestedCast } from "./requested-cast.ts";
import { styleKeep } from "./style-keep.ts";
import { promptWarnings } from "./warnings.ts";

/** One edit as the parts of the instruction see it. */
interface Edit {
  input: ServiceInput;
  chosen: Chosen;
  request: TranslatedRequest;
  /** Whether the user's words ask for more than that something stays. */
  asksForChange: boolean;
  hasChange: boolean;
  /** False when only the ratio asks: then the picture itself stays, byte for byte. */
  editsPicture: boolean;
  isDrawn: boolean;
}

/** The instruction's parts, in the order of both languages. */
interface Parts {
  what: readonly LocalizedText[];
  outpaint: readonly LocalizedText[];
  pictures: readonly LocalizedText[];
  where: readonly LocalizedText[];
  /** Bare things to protect above all. */
  special: readonly LocalizedText[];
  kept: LocalizedText;
  quality: LocalizedText;
}

/**
 * Compiles an edit into one English instruction: what to change (verb first), from which picture,
 * where, what to keep, and last the quality wanted. The same input gives the same text.
 */
export function compileQwenImageEditV2Prompt(input: ServiceInput): CompiledPrompt {
  const edit = readEdit(input);
  const unmentioned = unmentionedPictures(edit);
  const isOriginal = input.ratio === "original";
  const parts: Parts = {
    what: changeWords(edit),
    outpaint: isOriginal ? [] : [outpaintFor(edit)],
    pictures:
      input.extraImages > 0 ? [pictureWords({ unmentioned, unused: unusedPictures(edit) })] : [],
    where: input.hasMask ? [MASKED[isOriginal ? "inside" : "insideAndMargins"]] : [],
    special: edit.chosen.keeps.map(({ choice }) => choice.keep),
    kept: keptFor(edit),
    quality: baselineFor(edit),
  };
  return {
    en: english(parts),
    th: thai(parts),
    warnings: promptWarnings({ ...edit, unmentioned }),
    editsPicture: edit.editsPicture,
  };
}

function readEdit(input: ServiceInput): Edit {
  const asked = translateRequest(input.prompt ?? "");
  const chosen = chosenWords(input, asked);
  const request = withoutBrokenKeeps(asked, chosen);
  const asksForChange = request.sentences.some((sentence) => !isKeepSentence(sentence));
  const hasChange = chosen.changes.length > 0 || asksForChange;
  return {
    input,
    chosen,
    request,
    asksForChange,
    hasChange,
    editsPicture: hasChange || input.hasMask || input.ratio === "original",
    isDrawn: hasTrait(chosen, "drawn") || request.isStyle,
  };
}

function english({ what, outpaint, pictures, where, special, kept, quality }: Parts): string {
  // Each of them is a list itself.
  const protectedThings = special.map(({ en }) => en).join("; and ");
  return [
    ...[...what, ...outpaint, ...pictures, ...where].map(({ en }) => en),
    ...(protectedThings === "" ? [] : [`Above all, preserve ${protectedThings}.`]),
    ...(kept.en === "" ? [] : [kept.en]),
    quality.en,
  ].join(" ");
}

function thai({ what, outpaint, pictures, where, special, kept, quality }: Parts): string {
  return [
    ...line("สิ่งที่จะทำ", [...what, ...outpaint]),
    ...line("รูปที่ใช้", pictures),
    ...line("บริเวณ", where),
    ...line("คงไว้เหมือนเดิม", [...special, kept]),
    ...line("คุณภาพ", [quality]),
  ].join("\n");
}

function line(label: string, parts: readonly LocalizedText[]): string[] {
  const said = parts.map(({ th }) => th).filter((th) => th !== "");
  return said.length === 0 ? [] : [`${label}: ${said.join(" · ")}`];
}

/** A style comes last: it is of all that the others make. */
function changeWords({
  chosen,
  request,
  hasChange,
  asksForChange,
  editsPicture,
}: Edit): LocalizedText[] {
  const isCleanUp = !hasChange && editsPicture;
  const clauses = (isOfStyle: boolean): LocalizedText[] =>
    chosen.changes
      .filter(({ group }) => (group.id === "style") === isOfStyle)
      .map(({ change }) => ({ th: change.th, en: `${change.en}.` }));
  // In Thai what only stays is named with what is kept.
  const words = { th: asksForChange ? request.th : "", en: request.sentences.join(" ") };
  return [
    ...(isCleanUp ? [CLEAN_UP[chosen.cast === "product" ? "product" : "other"]] : []),
    ...clauses(false),
    ...(request.sentences.length === 0 ? [] : [words]),
    ...clauses(true),
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
  const covered = new Set<Subject>(chosen.keeps.flatMap(({ choice }) => choice.covers));
  const cast = requestedCast(chosen, request);
  const hasNewFormat = input.ratio !== "original";
  if (edit.isDrawn) return styleKeep({ changers, covered, people, cast, hasNewFormat });
  if (edit.asksForChange && requestChanger(request).changes.length === 0) return OPEN_KEEP;
  return keepList({
    changers,
    covered,
    protects: request.protects,
    protectsAreSaid: request.sentences.some(isKeepSentence),
    cast,
    people,
    hasNewFormat,
    hasExtras: input.extraImages > 0,
  });
}

function baselineFor(edit: Edit): LocalizedText {
  if (!edit.editsPicture) return MARGINS_ONLY.quality;
  if (edit.isDrawn) return BASELINE.drawn;
  return hasTrait(edit.chosen, "look")
    ? BASELINE.look
    : BASELINE[requestedCast(edit.chosen, edit.request)];
}
