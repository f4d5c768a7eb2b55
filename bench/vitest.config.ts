import { mergeConfig } from "vitest/config";
import { nodeTests } from "../vitest.shared.ts";

export default mergeConfig(nodeTests, {});
