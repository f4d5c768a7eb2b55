import { defineConfig, loadEnv } from "vite";
import react from "@vitejs/plugin-react";
import babel from "@rolldown/plugin-babel";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import tailwindcss from "@tailwindcss/vite";

const SERVER_PATHS = ["/api", "/files", "/health", "/webhooks"];

export default defineConfig(({ mode }) => {
  const serverUrl = loadEnv(mode, import.meta.dirname, "OB_")["OB_SERVER_URL"];
  return {
    plugins: [
      react(),
      lingui({ failOnMissing: true, failOnCompileError: true }),
      babel({ presets: [linguiTransformerBabelPreset()] }),
      tailwindcss(),
    ],
    resolve: { conditions: ["ob-source", "module", "browser", "development|production"] },
    build: {
      manifest: true,
      target: "es2023",
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    worker: { format: "es" },
    server:
      serverUrl === undefined
        ? {}
        : { proxy: Object.fromEntries(SERVER_PATHS.map((path) => [path, { target: serverUrl }])) },
  };
});
