import { expect, test } from "vitest";
import { withMention } from "./prompt-mention.ts";

test("a picture is mentioned at the end of the words, one space apart", () => {
  expect(withMention("", "รูปที่ 2")).toBe("รูปที่ 2 ");
  expect(withMention("ใส่เสื้อจาก  ", "รูปที่ 2")).toBe("ใส่เสื้อจาก รูปที่ 2 ");
});
