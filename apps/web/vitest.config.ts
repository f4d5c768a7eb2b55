import { defineConfig } from "vitest/config";
import react from "@vitejs/plugin-react";
import babel from "@rolldown/plugin-babel";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";

const plugins = () => [react(), lingui(), babel({ presets: [linguiTransformerBabelPreset()] })];

export default defineConfig({
  test: {
    projects: [
      {
        plugins: plugins(),
        resolve: { conditions: ["ob-source"] },
        ssr: { resolve: { conditions: ["ob-source"] } },
        test: {
          name: "unit",
          include: ["src/**/*.test.ts"],
          environment: "node",
          // No module keeps a state, so that files can share what they import; at length none does.
          isolate: process.env["FULL"] === "1",
        },
      },
      {
        plugins: plugins(),
        test: {
          name: "dom",
          include: ["src/**/*.test.tsx"],
          environment: "jsdom",
          testTimeout: 30_000,
          setupFiles: ["src/testing/setup-dom.ts"],
        },
      },
      {
        test: {
          name: "browser",
          include: ["e2e/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
