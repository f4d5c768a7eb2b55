import type { PromptWarning, ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { TranslatedRequest } from "../../../prompt/translated-request.ts";

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
    th: "เลือก “ไม่แตะใบหน้า” ไว้ แต่คำสั่งที่พิมพ์พูดถึงใบหน้า เลือกอย่างใดอย่างหนึ่ง",
    en: "“Leave the faces alone” is chosen, but your words are about the face. Choose one of the two.",
  },
  COLOR_AND_REQUEST: {
    th: "คำสั่งที่พิมพ์พูดถึงสี แต่เลือกคงโทนเดิมไว้ ตรวจดูให้ตรงกันก่อนเริ่ม",
    en: "Your words are about color, but the old tone is chosen to stay. Check that they agree.",
  },
} as const satisfies Record<string, LocalizedText>;
type WarningCode = keyof typeof MESSAGES;

/** What a user should know before paying, in a fixed order. */
export function restoreWarnings(
  input: ServiceInput,
  request: Pick<TranslatedRequest, "changes" | "unknown">,
): PromptWarning[] {
  const { options, params } = input;
  const denoise = params["denoise"] ?? 0;
  const keepsTone = options["color"] === "black-and-white" || options["color"] === "sepia";
  const isAboutFaces = request.changes.has("face") || request.changes.has("skin");
  const found: readonly (readonly [isTrue: boolean, code: WarningCode, field: string])[] = [
    [denoise >= MUCH_DENOISE, "MUCH_REDRAWN", "params.denoise"],
    [denoise < LITTLE_DENOISE, "LITTLE_REDRAWN", "params.denoise"],
    [options["faces"] === "untouched" && isAboutFaces, "FACES_UNTOUCHED", "options.faces"],
    [keepsTone && request.changes.has("colorTone"), "COLOR_AND_REQUEST", "options.color"],
  ];
  return [
    ...found
      .filter(([isTrue]) => isTrue)
      .map(([, code, field]) => ({ code, message: { ...MESSAGES[code] }, field })),
    ...(request.unknown.length === 0 ? [] : [unknownWords(request.unknown)]),
  ];
}

function unknownWords(words: readonly string[]): PromptWarning {
  const quoted = words.map((word) => `“${word}”`).join(" ");
  return {
    code: "UNKNOWN_WORDS",
    message: {
      th: `ยังไม่รู้จักคำว่า ${quoted} จะส่งไปตามที่พิมพ์ ลองใช้คำอื่นถ้าผลไม่ตรงใจ`,
      en: `These words could not be translated and are passed on as written: ${quoted}`,
    },
    field: "prompt",
  };
}
