import type { PromptWarning, ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "./subjects.ts";

const MESSAGES = {
  TWO_BACKGROUNDS: {
    th: "เลือกฉากไว้สองแบบ เราจะใช้ฉากถ่ายสินค้า ถ้าอยากได้ฉากหลังอีกแบบ เอาฉากถ่ายสินค้าออกก่อน",
    en: "Two settings are chosen; the product setting will be used. Remove it to use the background instead.",
  },
  LIGHT_MISMATCH: {
    th: "แสงที่เลือกอาจไม่เข้ากับฉาก ลองดูแสงหรือฉากแบบอื่น ถ้าอยากให้ภาพดูจริงที่สุด",
    en: "The chosen light may not suit the setting. Try another light or setting for the most natural picture.",
  },
  LIGHT_INSIDE_MASK: {
    th: "แสงจะเปลี่ยนเฉพาะบริเวณที่ระบายไว้ ถ้าอยากเปลี่ยนทั้งหมด เลือก “ทั้งภาพ”",
    en: "The light will change only inside the painted area. To change all of it, choose “Whole image”.",
  },
  NOTHING_TO_CHANGE: {
    th: "ยังไม่ได้เลือกสิ่งที่จะเปลี่ยน จะปรับภาพให้ดูสะอาดตาขึ้นเล็กน้อย",
    en: "Nothing to change is chosen yet, so the photo will only be cleaned up a little.",
  },
  REQUEST_AND_OPTION: {
    th: "คำสั่งที่พิมพ์กับตัวเลือกอาจพูดถึงสิ่งเดียวกัน ตรวจดูให้ตรงกันก่อนเริ่ม",
    en: "Your words and an option may be about the same thing. Check that they agree before starting.",
  },
  THAI_LETTERING: {
    th: "ตัวอักษรไทยในภาพอาจออกมาไม่ตรงทุกตัว ตรวจดูผลก่อนนำไปใช้",
    en: "Thai lettering may not come out exactly. Check the result before using it.",
  },
} as const satisfies Record<string, LocalizedText>;
type WarningCode = keyof typeof MESSAGES;

/** Light that a setting cannot have. */
const UNLIKELY_LIGHT: Readonly<Record<string, readonly string[]>> = {
  "background:city-night": ["golden-hour", "soft-daylight", "bright-airy"],
  "background:sea-beach": ["studio-softbox", "moody-dark"],
  "background:mountain-mist": ["studio-softbox"],
  "product-background:pure-white": ["golden-hour", "moody-dark"],
};

const QUOTED_THAI = /["“][^"“”]*\p{Script=Thai}[^"“”]*["”]/u;

export interface WarningFacts {
  input: ServiceInput;
  /** What the chosen options change. */
  byOptions: ReadonlySet<Subject>;
  /** What the free request seems to change. */
  byRequest: ReadonlySet<Subject>;
  hasChange: boolean;
}

/** What a user should know before paying, in a fixed order. */
export function promptWarnings({
  input,
  byOptions,
  byRequest,
  hasChange,
}: WarningFacts): PromptWarning[] {
  const { options } = input;
  const warnings: PromptWarning[] = [];
  const warn = (code: WarningCode, field: string | null): void => {
    warnings.push({ code, message: { ...MESSAGES[code] }, field });
  };
  const hasTwoBackgrounds =
    options["product-background"] !== undefined && options["background"] !== undefined;
  if (hasTwoBackgrounds) warn("TWO_BACKGROUNDS", "options.background");
  const settings = Object.entries(options).filter(
    ([group]) => !(group === "background" && hasTwoBackgrounds),
  );
  const light = options["light"];
  const isUnlikely = settings.some(
    ([group, choice]) =>
      light !== undefined && UNLIKELY_LIGHT[`${group}:${choice}`]?.includes(light) === true,
  );
  if (isUnlikely) warn("LIGHT_MISMATCH", "options.light");
  if (light !== undefined && input.hasMask) warn("LIGHT_INSIDE_MASK", "options.light");
  if (input.prompt !== null && QUOTED_THAI.test(input.prompt)) warn("THAI_LETTERING", "prompt");
  if (isSameSubject(byOptions, byRequest)) warn("REQUEST_AND_OPTION", "prompt");
  if (!hasChange) warn("NOTHING_TO_CHANGE", null);
  return warnings;
}

/** A new background brings its own light, so light alone counts only where no background changes. */
function isSameSubject(byOptions: ReadonlySet<Subject>, byRequest: ReadonlySet<Subject>): boolean {
  const hasBackground = byOptions.has("background") || byRequest.has("background");
  return [...byRequest].some(
    (subject) => byOptions.has(subject) && !(subject === "light" && hasBackground),
  );
}
