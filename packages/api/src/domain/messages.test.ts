import { describe, expect, test } from "vitest";
import { APP_ERROR_CODES } from "./app-error.ts";
import { errorMessage, reasonMessage, TRANSFER_REASONS } from "./messages.ts";

describe("the text of an error", () => {
  test.each(APP_ERROR_CODES)(
    "%s: Thai and English, about the credits, without polite particles",
    (code) => {
      const { th, en } = errorMessage(code);
      expect(th).toMatch(/[\u0E00-\u0E7F]{10}/);
      expect(th).not.toMatch(/ครับ|ค่ะ|คะ(?![\u0E00-\u0E7F])/);
      expect(en).toMatch(/[.!]$/);
      // What everybody fears first when something goes wrong.
      const aboutMoney = code === "JOB_NOT_CANCELLABLE" || /เครดิต/.test(th);
      expect(aboutMoney).toBe(true);
    },
  );

  test.each(APP_ERROR_CODES)("%s: says things by the names the screens have for them", (code) => {
    const { th, en } = errorMessage(code);
    expect(th).not.toMatch(/รูป|วาด|ลองใหม่/);
    expect(en).not.toMatch(/draw|whole picture/i);
  });

  test("no two codes say the same", () => {
    const texts = APP_ERROR_CODES.map((code) => errorMessage(code).th);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

test.each(TRANSFER_REASONS)("the reason %s is told in both languages", (reason) => {
  const { th, en } = reasonMessage(reason);
  expect(th).toMatch(/[\u0E00-\u0E7F]/);
  expect(en).toMatch(/[A-Za-z]/);
  expect(reasonMessage(reason)).not.toEqual(reasonMessage("a reason of a newer server"));
});
