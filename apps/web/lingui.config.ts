import { defineConfig } from "@lingui/cli";

export default defineConfig({
  sourceLocale: "th",
  locales: ["th", "en"],
  catalogs: [{ path: "<rootDir>/src/shared/i18n/locales/{locale}", include: ["src"] }],
});
