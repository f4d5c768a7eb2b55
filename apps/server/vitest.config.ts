import { defineConfig, mergeConfig } from "vitest/config";
import { nodeTests } from "../../vitest.shared.ts";

export default mergeConfig(
  nodeTests,
  defineConfig({ test: { globalSetup: ["../../packages/db/src/testing/global-setup.ts"] } }),
);
