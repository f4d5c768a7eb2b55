import { defineConfig, mergeConfig } from "vitest/config";
import { nodeTests } from "../../vitest.shared.ts";

export default mergeConfig(
  nodeTests,
  defineConfig({ test: { globalSetup: ["src/testing/global-setup.ts"] } }),
);
