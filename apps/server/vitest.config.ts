import { availableParallelism } from "node:os";
import { defineConfig, mergeConfig } from "vitest/config";
import { nodeTests } from "../../vitest.shared.ts";

export default mergeConfig(
  nodeTests,
  defineConfig({
    test: {
      globalSetup: ["../../packages/db/src/testing/global-setup.ts"],
      // Most of these wait for processes, leases and streams: two at once on two cores, as half the time.
      maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    },
  }),
);
