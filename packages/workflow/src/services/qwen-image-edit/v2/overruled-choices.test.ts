import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { anyOptions } from "../../../../test/any-edit.ts";
import { compileV2 } from "../../../../test/compile-v2.ts";
import { OPTION_GROUPS } from "./options.ts";

type Case = readonly [options: Record<string, string>, prompt: string];

const GIVES_WAY: readonly Case[] = [
  [{ outfit: "white-shirt" }, "เสื้อแดง"],
  [{ outfit: "hoodie" }, "ใส่ชุดไทยสีชมพู"],
  [{ "outfit-color": "navy-blue" }, "เปลี่ยนเสื้อเป็นสีแดง"],
  [{ "product-background": "pure-white" }, "พื้นหลังเป็นทะเล"],
  [{ "product-background": "pure-white" }, "วางสินค้าบนโต๊ะหินอ่อน"],
  [{ "portrait-backdrop": "id-blue" }, "พื้นหลังสีขาว"],
  [{ background: "sea-beach" }, "ให้ยืนหน้าวัดอรุณ"],
  [{ room: "japandi" }, "แต่งห้องสไตล์มินิมอล"],
  [{ background: "cafe" }, "เปลี่ยนพื้นหลังเป็นทะเลตอนกลางคืน"],
  [{ background: "cafe" }, "Put her on a beach"],
  [{ furniture: "gray-sofa" }, "โซฟาสีเขียว"],
  [{ food: "herb-garnish" }, "เอาผักชีออก"],
  [{ skin: "brighten-skin" }, "ผิวขาวขึ้น"],
  [{ "product-keep": "size-in-frame" }, "ขยายสินค้าให้ใหญ่ขึ้น"],
  [{ hair: "chestnut-brown" }, "ผมสีแดง"],
  [{ hair: "short-bob" }, "ผมยาวลอน"],
  [{ expression: "calm" }, "ทำให้ยิ้ม"],
  [{ accessories: "straw-hat" }, "ใส่หมวกสีดำ"],
  [{ accessories: "sunglasses" }, "ถอดแว่น"],
  [{ style: "anime" }, "ภาพวาดสีน้ำ"],
  [{ light: "moody-dark" }, "ทำให้สว่างขึ้น"],
  [{ light: "warm-tone" }, "โทนเย็น"],
  [{ weather: "clear-blue-sky" }, "ทำให้ฝนตก"],
  [{ remove: "everyone" }, "ใส่เสื้อสีแดง"],
  [{ "product-keep": "label-and-logo" }, "ลบโลโก้ออก"],
  [{ "product-keep": "color-and-material" }, "เปลี่ยนขวดเป็นสีฟ้า"],
  [{ "person-keep": "hairstyle" }, "ผมสีแดง"],
  [{ "person-keep": "face" }, "หน้าเรียว"],
];

const GO_TOGETHER: readonly Case[] = [
  [{ outfit: "hoodie" }, "เปลี่ยนกางเกงเป็นสีดำ"],
  [{ outfit: "black-suit" }, "ใส่เนคไทสีแดง"],
  [{ background: "cafe" }, "เบลอพื้นหลัง"],
  [{ room: "japandi" }, "เปลี่ยนสีผนังเป็นสีเขียว"],
  [{ hair: "short-bob" }, "ผมสีน้ำตาล"],
  [{ expression: "look-at-camera" }, "ทำให้ยิ้ม"],
  [{ accessories: "straw-hat" }, "ใส่แว่นกันแดด"],
  [{ light: "golden-hour" }, "ทำให้สว่างขึ้น"],
  [{ weather: "autumn-leaves" }, "ทำให้ฝนตก"],
  [{ remove: "everyone" }, "ลบสายไฟ"],
  [{ "product-keep": "label-and-logo" }, 'เพิ่มข้อความ "ลด 50%"'],
  [{ "person-keep": "face" }, "ลบสิว"],
  [{ "product-background": "marble-counter" }, "ให้ดูสมจริง"],
];

/** The clauses of chosen options, keeps included. */
function clausesOf(options: Record<string, string>): { field: string; en: string }[] {
  return OPTION_GROUPS.flatMap((group) => {
    const choices = group.choices.filter(({ id }) => id === options[group.id]);
    return choices.map((choice) => ({
      field: `options.${group.id}`,
      en: "keep" in choice ? choice.keep.en : choice.change.en,
    }));
  });
}

test.each(GIVES_WAY)("%j gives way to %s, and its field is told", (options, prompt) => {
  const { en, warnings } = compileV2({ options, prompt });
  for (const clause of clausesOf(options)) {
    expect(en).not.toContain(clause.en);
    expect(warnings.map(({ field }) => field)).toContain(clause.field);
  }
});

test.each(GO_TOGETHER)("%j and %s are both done, without a word", (options, prompt) => {
  const { en, warnings } = compileV2({ options, prompt });
  for (const clause of clausesOf(options)) expect(en).toContain(clause.en);
  const isOfOptions = ({ field }: { field: string | null }): boolean =>
    field?.startsWith("options.") === true;
  expect(warnings.filter(isOfOptions)).toEqual([]);
  expect(warnings.map(({ code }) => code)).not.toContain("REQUEST_AND_OPTION");
});

test.each([
  ["thai-silk", "เปลี่ยนชุดเป็นสีเขียว", "traditional Thai silk outfit in green"],
  ["hoodie", "เสื้อแดง", "relaxed red cotton hoodie"],
  ["polo-shirt", "Change the shirt to light blue.", "neat light blue polo shirt"],
])("a chosen %s takes the color of %s", (outfit, prompt, clause) => {
  const { en, warnings } = compileV2({ options: { outfit }, prompt });
  expect(en).toContain(clause);
  expect(warnings).toEqual([]);
});

test("a color chosen for clothes is that of the new ones the words ask for", () => {
  const { en } = compileV2({ options: { "outfit-color": "navy-blue" }, prompt: "ใส่สูท" });
  expect(en).toMatch(/^Make the outfit navy blue\. Dress the person in a suit\./);
});

test("an extra picture both the words and an option use is used", () => {
  const options = { "picture-2": "outfit" };
  const { en } = compileV2({ options, prompt: "ใส่เสื้อจากรูปที่ 2", extraImages: 1 });
  expect(en).toContain("in the outfit from Picture 2");
});

test("whatever gives way to words is not in the instruction", () => {
  const prompts = [...GIVES_WAY, ...GO_TOGETHER].map(([, prompt]) => prompt);
  fc.assert(
    fc.property(anyOptions(5), fc.constantFrom(...prompts), (options, prompt) => {
      const { en, warnings } = compileV2({ options, prompt });
      const left = warnings.filter(({ code }) => code === "REQUEST_OVER_OPTION");
      for (const { field } of left) {
        const clause = clausesOf(options).find((known) => known.field === field);
        expect(en).not.toContain(clause?.en);
      }
    }),
    { numRuns: 300 * inject("rounds") },
  );
});

test("a color that begins with a vowel has the right article", () => {
  const { en } = compileV2({ options: { outfit: "denim-jacket", "outfit-color": "orange" } });
  expect(en).toContain("to an orange denim jacket");
});
