import { I18nProvider } from "@lingui/react";
import { render } from "@testing-library/react";
import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { FileRefused, ServerUnreachable } from "../api/app-error.ts";
import { UploadInterrupted } from "../api/put-file.ts";
import { createI18n, loadMessages } from "../i18n/locale.ts";
import { ErrorText } from "./error-text.tsx";

const refusal = {
  code: "FILE_TOO_LARGE",
  message: { th: "ใหญ่ไป", en: "big" },
  field: null,
} as const;

test.each<[string, unknown, RegExp]>([
  ["the server's refusal", new FileRefused(refusal), /^ใหญ่ไป$/],
  ["a broken upload", new UploadInterrupted(), /^ติดต่อเซิร์ฟเวอร์ไม่ได้/],
  ["a server that did not answer", new ServerUnreachable(), /^ติดต่อเซิร์ฟเวอร์ไม่ได้/],
  ["an API call without an answer", new TRPCClientError("fetch failed"), /^ติดต่อเซิร์ฟเวอร์ไม่ได้/],
  ["a fault of this browser", new Error("no 2D context"), /^เกิดข้อผิดพลาดในเบราว์เซอร์นี้/],
])("%s is called what it is", async (_, error, says) => {
  const i18n = createI18n({ locale: "th", messages: await loadMessages("th") });
  const { container } = render(
    <I18nProvider i18n={i18n}>
      <ErrorText error={error} />
    </I18nProvider>,
  );
  expect(container.textContent).toMatch(says);
});
