import { describe, expect, test } from "vitest";

import type { RawServiceInput } from "../../../contract/gpu-service.ts";
import { compileEdit, type EditRequest } from "../../compile-edit.ts";
import { OPTION_GROUPS } from "./options.ts";
import { PHOTO_RESTORE } from "./service.ts";

function compiled(input: Partial<RawServiceInput>): { en: string; th: string; codes: string[] } {
  const resolution = PHOTO_RESTORE.resolveInput({
    seed: 1,
    hasMask: false,
    extraImages: 0,
    ...input,
  });
  if (!resolution.ok) throw new Error(`refused: ${resolution.problem.field}`);
  const { en, th, warnings } = PHOTO_RESTORE.compilePrompt(resolution.input);
  return { en, th, codes: warnings.map(({ code }) => code) };
}

test("without a choice the photo is repaired and colourised, in the model's own words", () => {
  const { en, th, codes } = compiled({});
  expect(en).toBe(
    "Restore and colorize the photo. Remove the dust, scratches, folds and stains. Keep everyone's face and identity, expressions, hairstyles, poses, clothes, any writing, the background and the framing unchanged. The result looks like a fresh print of the same photo: clean, sharp, with natural skin texture and nothing added.",
  );
  expect(th).toBe(
    "สิ่งที่จะทำ: ซ่อมภาพและเติมสีให้เป็นธรรมชาติ · ลบฝุ่น รอยขีดข่วน รอยพับ และคราบ\nคงไว้เหมือนเดิม: หน้าตาของทุกคน · สีหน้า · ทรงผม · ท่าทาง · เสื้อผ้า · ข้อความ · ฉากหลัง · กรอบภาพ\nคุณภาพ: เหมือนภาพเดิมที่เพิ่งอัดใหม่ คมชัด ผิวเป็นธรรมชาติ",
  );
  expect(codes).toEqual([]);
});

const choices = OPTION_GROUPS.flatMap((group) =>
  group.choices.map((choice) => ({ name: `${group.id}: ${choice.id}`, group, choice })),
);

test.each(choices)(
  "$name stands in the instruction and in its explanation",
  ({ group, choice }) => {
    const { en, th } = compiled({ options: { [group.id]: choice.id } });
    expect(en).toContain(`${choice.words.en}.`);
    expect(th).toContain(choice.words.th);
    expect(en.match(/[Rr]estore (?:and colorize )?the photo/g)).toHaveLength(1);
  },
);

test("no two inputs of one choice each give the same instruction", () => {
  const all = choices.map(
    ({ group, choice }) => compiled({ options: { [group.id]: choice.id } }).en,
  );
  expect(new Set([...all, compiled({}).en]).size).toBe(choices.length + 1);
});

test("every combination of choices is one instruction of a bearable length, without a doubled space", () => {
  const combinations = OPTION_GROUPS.reduce<Record<string, string>[]>(
    (made, group) =>
      made.flatMap((one) => [
        one,
        ...group.choices.map((choice) => ({ ...one, [group.id]: choice.id })),
      ]),
    [{}],
  );
  const texts = combinations.map((options) => compiled({ options }).en);
  expect(new Set(texts).size).toBe(combinations.length);
  for (const text of texts) {
    expect(text).toMatch(/^Restore [\x20-\x7e]{100,1200}\.$/);
    expect(text).not.toMatch(/ {2}|\.\.|,\./);
  }
});

test("a photo that stays black and white is not colourised", () => {
  for (const color of ["black-and-white", "sepia"]) {
    expect(compiled({ options: { color } }).en).not.toMatch(/colorize/i);
  }
});

test.each([
  "ช่วยซ่อมภาพเก่าหน่อย",
  "ซ่อมรูปนี้ให้หน่อย เติมสีให้ภาพขาวดำ",
  "ลงสี",
  "ซ่อมภาพ\nทำให้เป็นสี",
  "Please restore this old photo",
  "Restore and colorize the photo.",
])("%j asks for what is done anyway, and is not said twice", (prompt) => {
  expect(compiled({ prompt })).toEqual(compiled({}));
});

test.each(["เติมสีแดงให้เสื้อ", "ซ่อมรถในภาพ", "Fix the broken vase in the photo."])(
  "%j asks for more than that",
  (prompt) => {
    expect(compiled({ prompt }).en).not.toBe(compiled({}).en);
  },
);

test("a request for color counts when the photo was to stay black and white", () => {
  const options = { color: "black-and-white" };
  expect(compiled({ options, prompt: "เติมสี" }).en).not.toBe(compiled({ options }).en);
});

test("words for color win over a tone that is to stay, and are told", () => {
  for (const color of ["black-and-white", "sepia"]) {
    const { en, codes } = compiled({ options: { color }, prompt: "เติมสี" });
    expect(en).toMatch(/^Restore and colorize the photo with/);
    expect(en).not.toMatch(/black and white|sepia/);
    expect(codes).toEqual(["COLORIZED_BY_REQUEST"]);
  }
  const toned = compiled({ options: { color: "black-and-white" }, prompt: "เสื้อสีแดง" });
  expect(toned.codes).toEqual(["COLOR_AND_REQUEST"]);
});

test("words about the face win over leaving it alone", () => {
  const { en } = compiled({ options: { faces: "untouched" }, prompt: "ลบสิว" });
  expect(en).not.toContain("Leave the faces");
});

test("what stays anyway is not said twice, nor as something to do", () => {
  expect(compiled({ prompt: "ไม่เปลี่ยนหน้า" })).toEqual(compiled({}));
});

test("nothing is said to be added only where no words may add something", () => {
  expect(compiled({}).en).toContain("nothing added");
  expect(compiled({ prompt: 'เพิ่มข้อความ "2510"' }).en).not.toContain("nothing added");
});

test("what a request changes is not told to stay", () => {
  const { en } = compiled({ prompt: "Replace the background with a plain studio wall." });
  expect(en).toContain("Replace the background with a plain studio wall.");
  expect(en).not.toContain("the background and the framing unchanged");
  expect(en).toContain("everyone's face and identity");
});

describe("warnings before paying", () => {
  test.each<[string, Partial<RawServiceInput>, string[]]>([
    ["0.85 is much", { params: { denoise: 0.85 } }, ["MUCH_REDRAWN"]],
    ["0.8 is not", { params: { denoise: 0.8 } }, []],
    ["0.25 is little", { params: { denoise: 0.25 } }, ["LITTLE_REDRAWN"]],
    ["0.3 is not", { params: { denoise: 0.3 } }, []],
    [
      "faces left alone, and a request about the face",
      { options: { faces: "untouched" }, prompt: "Smooth the face." },
      ["FACES_UNTOUCHED"],
    ],
    ["faces left alone", { options: { faces: "untouched" }, prompt: "Repair the sky." }, []],
  ])("%s", (_what, input, codes) => {
    expect(compiled(input).codes).toEqual(codes);
  });
});

test("at every working size ComfyUI's scaling node leaves the planned canvas as it is", () => {
  for (let megapixels = 0.5; megapixels <= 2; megapixels += 0.25) {
    for (const picture of [
      { width: 64, height: 64 },
      { width: 800, height: 533 },
      { width: 1200, height: 1800 },
      { width: 7000, height: 900 },
    ]) {
      const { canvas, leaves } = planned({ picture, megapixels });
      expect(leaves["megapixels"]).toBe(megapixels);
      // What ImageScaleToTotalPixels of 0.14.1 does.
      const steps = Number(leaves["resolution_steps"]);
      const factor = Math.sqrt((megapixels * 1024 * 1024) / (canvas.width * canvas.height));
      const side = (length: number): number => Math.round((length * factor) / steps) * steps;
      expect({ width: side(canvas.width), height: side(canvas.height) }).toEqual(canvas);
    }
  }
});

function planned(o: { picture: EditRequest["picture"]; megapixels: number }): {
  canvas: { width: number; height: number };
  leaves: Record<string, unknown>;
} {
  const edit = compileEdit(PHOTO_RESTORE, {
    picture: o.picture,
    maskBounds: null,
    input: { params: { megapixels: o.megapixels }, seed: 1, extraImages: 0 },
  });
  if (!edit.ok) throw new Error(`refused: ${edit.problem.field}`);
  const node = Object.values(edit.bound.graph).find(
    ({ class_type }) => class_type === "ImageScaleToTotalPixels",
  );
  return { canvas: edit.plan.canvas, leaves: node?.inputs ?? {} };
}
