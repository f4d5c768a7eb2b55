import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

export default defineConfig({
  // Without line numbers a moved line changes no catalogue.
  format: formatter({ lineNumbers: false }),
  sourceLocale: "th",
  locales: ["th", "en"],
  catalogs: [{ path: "<rootDir>/src/shared/i18n/locales/{locale}", include: ["src"] }],
});
