import type { CompiledPrompt, ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import { OPTION_GROUPS } from "./options.ts";
import { resolveRestore } from "./resolve-restore.ts";
import { restoreWarnings } from "./warnings.ts";

/** The sentence the model was trained to take for a restoration. */
const RESTORE: LocalizedText = {
  th: "ซ่อมภาพและเติมสีให้เป็นธรรมชาติ",
  en: "Restore and colorize the photo",
};

/** Without it the model only tones the photo: the repair must be named as well. */
const REPAIR: LocalizedText = {
  th: "ลบฝุ่น รอยขีดข่วน รอยพับ และคราบ",
  en: "Remove the dust, scratches, folds and stains",
};

const BASELINE_TH = "เหมือนภาพเดิมที่เพิ่งอัดใหม่ คมชัด ผิวเป็นธรรมชาติ";

/** The quality wanted, said last; a request of the user's may add something. */
function baseline(isAsRequested: boolean): string {
  const end = isAsRequested ? "" : " and nothing added";
  return `The result looks like a fresh print of the same photo: clean, sharp, with natural skin texture${end}.`;
}

/** What an old photo is kept for; what a request changes is left out. */
const KEPT: readonly { subjects: readonly Subject[]; words: LocalizedText }[] = [
  {
    subjects: ["face", "identity"],
    words: { th: "หน้าตาของทุกคน", en: "everyone's face and identity" },
  },
  { subjects: ["expression"], words: { th: "สีหน้า", en: "expressions" } },
  { subjects: ["hair"], words: { th: "ทรงผม", en: "hairstyles" } },
  { subjects: ["pose", "hands"], words: { th: "ท่าทาง", en: "poses" } },
  { subjects: ["clothing", "accessories"], words: { th: "เสื้อผ้า", en: "clothes" } },
  { subjects: ["text"], words: { th: "ข้อความ", en: "any writing" } },
  { subjects: ["background"], words: { th: "ฉากหลัง", en: "the background" } },
  { subjects: ["framing"], words: { th: "กรอบภาพ", en: "the framing" } },
];

/** Compiles a restoration into one English instruction; the same input gives the same text. */
export function compilePhotoRestorePrompt(input: ServiceInput): CompiledPrompt {
  const { options, request, overruled } = resolveRestore(input);
  const clauses = restoreClauses(options);
  const kept = KEPT.filter(({ subjects }) => !subjects.some((s) => request.changes.has(s)));
  // What the list keeps anyway is not said twice.
  const acts = request.sentences.filter((sentence) => !/^Keep\b[^,;]*\.$/.test(sentence));
  const isListed = [...request.protects].every((s) => kept.some((k) => k.subjects.includes(s)));
  const said = isListed ? acts : request.sentences;
  return {
    en: [
      ...clauses.map(({ en }) => `${en}.`),
      ...said,
      ...(kept.length === 0 ? [] : [`Keep ${joinEnglish(kept.map((k) => k.words.en))} unchanged.`]),
      baseline(acts.length > 0),
    ].join(" "),
    th: [
      `สิ่งที่จะทำ: ${[...clauses.map(({ th }) => th), ...(said.length === 0 ? [] : [`“${request.th}”`])].join(" · ")}`,
      ...(kept.length === 0 ? [] : [`คงไว้เหมือนเดิม: ${kept.map((k) => k.words.th).join(" · ")}`]),
      `คุณภาพ: ${BASELINE_TH}`,
    ].join("\n"),
    warnings: restoreWarnings({ params: input.params, options, request, overruled }),
    editsPicture: true,
  };
}

function restoreClauses(options: Readonly<Record<string, string>>): LocalizedText[] {
  const chosen = OPTION_GROUPS.flatMap(({ id, choices }) => {
    const choice = choices.find((each) => each.id === options[id]);
    return choice === undefined ? [] : [choice.words];
  });
  return [
    ...(options["color"] === undefined ? [RESTORE] : chosen.slice(0, 1)),
    ...(options["damage"] === undefined ? [REPAIR] : []),
    ...(options["color"] === undefined ? chosen : chosen.slice(1)),
  ];
}

/** "a", "a and b", "a, b and c". */
function joinEnglish(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
