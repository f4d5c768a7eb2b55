import type { PromptWarning, ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import { keepsTone, type ResolvedRestore } from "./resolve-restore.ts";

/** From here on little of the photo is left to hold a face together. */
const MUCH_DENOISE = 0.85;
/** Below this the sampler hardly leaves the photo it starts from. */
const LITTLE_DENOISE = 0.3;

const MESSAGES = {
  MUCH_REDRAWN: {
    th: "วาดใหม่มาก ใบหน้าอาจไม่เหมือนเดิม ถ้าอยากให้เป็นคนเดิม ลองประมาณ 0.7",
    en: "Much is redrawn, so faces may change. About 0.7 keeps people themselves.",
  },
  LITTLE_REDRAWN: {
    th: "วาดใหม่น้อย สีและรอยเสียหายอาจแทบไม่เปลี่ยน ลองประมาณ 0.7",
    en: "Little is redrawn, so color and damage may hardly change. Try about 0.7.",
  },
  FACES_UNTOUCHED: {
    th: "ข้าม “ไม่แตะใบหน้า” เพราะคำสั่งที่พิมพ์ขอให้แต่งใบหน้า ถ้าไม่อยากให้แตะ แก้คำสั่ง",
    en: "“Leave the faces alone” will be left out, because your words change the face. Edit the text to keep it.",
  },
  COLORIZED_BY_REQUEST: {
    th: "จะเติมสีตามคำสั่งที่พิมพ์ ถ้าอยากคงโทนเดิม แก้คำสั่ง",
    en: "The photo will be colorized, as your words ask. Edit the text to keep its old tone.",
  },
  COLOR_AND_REQUEST: {
    th: "คำสั่งที่พิมพ์พูดถึงสี แต่เลือกคงโทนเดิมไว้ เลือกอย่างใดอย่างหนึ่ง",
    en: "Your words are about color, but the old tone is chosen to stay. Choose one of the two.",
  },
} as const satisfies Record<string, LocalizedText>;
type WarningCode = keyof typeof MESSAGES;

/** Words that only a photo in color can follow. */
const COLORS =
  /\b(?:red|pink|purple|orange|yellow|golden|green|blue|brown|beige|cream|colou?r\w*|toned)\b/i;

/** What a restoration's warnings are drawn from. */
export interface RestoreFacts extends ResolvedRestore {
  params: ServiceInput["params"];
}

/** What a user should know before paying, in a fixed order. */
export function restoreWarnings(facts: RestoreFacts): PromptWarning[] {
  const { options, params, request, overruled } = facts;
  const denoise = params["denoise"] ?? 0;
  const isOfColor =
    request.changes.has("colorTone") || request.sentences.some((sentence) => COLORS.test(sentence));
  const found: readonly (readonly [isTrue: boolean, code: WarningCode, field: string])[] = [
    [denoise >= MUCH_DENOISE, "MUCH_REDRAWN", "params.denoise"],
    [denoise < LITTLE_DENOISE, "LITTLE_REDRAWN", "params.denoise"],
    [overruled.has("faces"), "FACES_UNTOUCHED", "options.faces"],
    [overruled.has("color"), "COLORIZED_BY_REQUEST", "options.color"],
    [keepsTone(options["color"]) && isOfColor, "COLOR_AND_REQUEST", "options.color"],
  ];
  return [
    ...found
      .filter(([isTrue]) => isTrue)
      .map(([, code, field]) => ({ code, message: { ...MESSAGES[code] }, field })),
    ...(request.unknown.length === 0 ? [] : [unknownWords(request.unknown)]),
  ];
}

/** How much of what is not understood a message repeats. */
const UNKNOWN_SHOWN = 3;
const UNKNOWN_CODE_POINTS = 40;

function unknownWords(words: readonly string[]): PromptWarning {
  const quoted = words.slice(0, UNKNOWN_SHOWN).map((word) => {
    const letters = Array.from(word);
    const isLong = letters.length > UNKNOWN_CODE_POINTS;
    return `“${isLong ? `${letters.slice(0, UNKNOWN_CODE_POINTS).join("")}…` : word}”`;
  });
  const shown = quoted.join(" ") + (words.length > UNKNOWN_SHOWN ? " …" : "");
  return {
    code: "UNKNOWN_WORDS",
    message: {
      th: `ยังไม่รู้จักคำว่า ${shown} จะส่งไปตามที่พิมพ์ ลองใช้คำอื่นถ้าผลไม่ตรงใจ`,
      en: `Not understood: ${shown}. It will be passed on as written; try other words if the result is not right.`,
    },
    field: "prompt",
  };
}
