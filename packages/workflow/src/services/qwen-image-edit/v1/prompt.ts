import type { CompiledPrompt, ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import { normalizePrompt } from "../../../prompt/normalize-prompt.ts";
import { joinWords, keepList } from "./keep-list.ts";
import type { Cast, ChangeChoice, KeepChoice } from "./option-words.ts";
import { OPTION_GROUPS } from "./options.ts";
import { joinLines, requestSentence } from "./request-sentence.ts";
import { asksForStyle, requestSubjects } from "./request-subjects.ts";
import type { Subject } from "./subjects.ts";
import { promptWarnings } from "./warnings.ts";

/** What an edit that names no change does: the least a retoucher would. */
const CLEAN_UP = {
  product: {
    th: "ปรับภาพให้สะอาดตา ลบฝุ่น รอยขีดข่วน และคราบบนสินค้า",
    en: "Retouch the photo lightly: remove dust, scratches and stains from the product",
  },
  other: {
    th: "ปรับภาพให้สะอาดตา ลบฝุ่น จุด และรอยเล็ก ๆ",
    en: "Retouch the photo lightly: remove dust, specks and small blemishes",
  },
} as const satisfies Record<"product" | "other", LocalizedText>;

const MASKED: LocalizedText = {
  th: "เปลี่ยนเฉพาะบริเวณที่ระบายไว้",
  en: "Change only the masked area, blend its edges naturally into the surroundings, and leave everything outside it exactly as it is.",
};

const BASELINE = {
  product: {
    th: "ภาพสินค้าสมจริง คมชัด สีตรง ขอบเรียบ",
    en: "The result is a photorealistic product photo with crisp detail, accurate colors and clean edges.",
  },
  person: {
    th: "ภาพถ่ายสมจริง ผิวเป็นธรรมชาติ คมชัด ไม่มีส่วนผิดรูป",
    en: "The result is a photorealistic photo with natural skin texture, sharp detail and no distortion.",
  },
  scene: {
    th: "ภาพถ่ายสมจริง คมชัด มุมมองและแสงสอดคล้องกัน",
    en: "The result is a photorealistic photo with sharp detail, correct perspective and consistent light.",
  },
  style: {
    th: "ภาพสวยเรียบร้อย รายละเอียดชัด ไม่มีส่วนผิดรูป",
    en: "The result is clean and detailed, with one consistent style and no distortion.",
  },
} as const satisfies Record<Cast | "style", LocalizedText>;

interface Chosen {
  changes: ChangeChoice[];
  keeps: KeepChoice[];
  changed: Set<Subject>;
  cast: Cast;
}

/**
 * Compiles an edit into one English instruction: what to change (verb first), where, what to keep,
 * and the quality wanted. The same input gives the same text.
 */
export function compileQwenImageEditPrompt(input: ServiceInput): CompiledPrompt {
  const chosen = chosenWords(input.options);
  const request = input.prompt === null ? "" : normalizePrompt(input.prompt);
  const asked = requestSubjects(request);
  const hasChange = chosen.changes.length > 0 || request !== "";
  const changes = hasChange
    ? chosen.changes.map((choice) => choice.change)
    : [CLEAN_UP[chosen.cast === "product" ? "product" : "other"]];
  const changed = new Set([...chosen.changed, ...asked]);
  const covered = chosen.keeps.flatMap((choice) => choice.covers);
  const isStyle = asksForStyle(request);
  const kept =
    openKeep({ request, asked, isStyle }) ??
    keepList(new Set([...changed, ...covered]), chosen.cast);
  const baseline = BASELINE[isStyle ? "style" : chosen.cast];
  const special = chosen.keeps.map((choice) => choice.keep);
  return {
    en: [
      ...changes.map((change) => `${change.en}.`),
      ...(request === "" ? [] : [requestSentence(request, changes.length === 0)]),
      ...(input.hasMask ? [MASKED.en] : []),
      ...(special.length === 0
        ? []
        : [`Above all, preserve ${joinWords(special.map((keep) => keep.en))}.`]),
      ...(kept.en === "" ? [] : [kept.en]),
      baseline.en,
    ].join(" "),
    th: [
      `สิ่งที่จะทำ: ${[...changes.map((change) => change.th), ...(request === "" ? [] : [`“${joinLines(request)}”`])].join(" · ")}`,
      ...(input.hasMask ? [`บริเวณ: ${MASKED.th}`] : []),
      ...(special.length === 0 && kept.th === ""
        ? []
        : [
            `คงไว้เหมือนเดิม: ${[...special, kept]
              .map((words) => words.th)
              .filter((th) => th !== "")
              .join(" · ")}`,
          ]),
      `คุณภาพ: ${baseline.th}`,
    ].join("\n"),
    warnings: promptWarnings({ input, byOptions: chosen.changed, byRequest: asked, hasChange }),
    editsPicture: true,
  };
}

const OPEN_KEEP: LocalizedText = {
  th: "ทุกอย่างที่ไม่ได้พูดถึง",
  en: "Keep everything that is not mentioned exactly the same.",
};

const STYLE_KEEP: LocalizedText = {
  th: "องค์ประกอบภาพ ท่าทาง และเค้าหน้าที่จำได้",
  en: "Keep the composition and the poses the same, and keep everyone recognizable.",
};

/**
 * A request that names nothing we know could be about anything, and a new style touches everything:
 * naming single things to keep could contradict it. `null` when the ordinary list is safe.
 */
function openKeep(o: {
  request: string;
  asked: ReadonlySet<Subject>;
  isStyle: boolean;
}): LocalizedText | null {
  if (o.request === "") return null;
  if (o.isStyle) {
    const isAboutPeople = (["face", "pose", "framing"] as const).some((s) => o.asked.has(s));
    return isAboutPeople ? OPEN_KEEP : STYLE_KEEP;
  }
  return o.asked.size === 0 ? OPEN_KEEP : null;
}

function chosenWords(options: Readonly<Record<string, string>>): Chosen {
  const chosen: Chosen = { changes: [], keeps: [], changed: new Set(), cast: "scene" };
  const casts: Cast[] = [];
  for (const group of OPTION_GROUPS) {
    // Two backgrounds cannot both be had; the product's setting wins, and a warning says so.
    if (group.id === "background" && options["product-background"] !== undefined) continue;
    const choiceId = options[group.id];
    if (choiceId === undefined) continue;
    casts.push(group.cast);
    if (group.kind === "keep") {
      const choice = group.choices.find(({ id }) => id === choiceId);
      if (choice !== undefined) chosen.keeps.push(choice);
      continue;
    }
    const choice = group.choices.find(({ id }) => id === choiceId);
    if (choice === undefined) continue;
    chosen.changes.push(choice);
    for (const subject of group.changes) chosen.changed.add(subject);
  }
  return { ...chosen, cast: strongestCast(casts) };
}

/** A product is what a shop cares about; a person comes before the scene around them. */
function strongestCast(casts: readonly Cast[]): Cast {
  if (casts.includes("product")) return "product";
  return casts.includes("person") ? "person" : "scene";
}
