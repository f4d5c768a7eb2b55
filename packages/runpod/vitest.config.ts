import { defineConfig, mergeConfig } from "vitest/config";
import { nodeTests } from "../../vitest.shared.ts";

export default mergeConfig(
  nodeTests,
  // A Hono server gives the whole process a Response of its own, of which msw understands no error.
  defineConfig({ test: { isolate: true } }),
);
