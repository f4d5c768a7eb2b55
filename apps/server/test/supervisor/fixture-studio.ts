// The real supervisor over stand-in server and simulator, or over those that the test names.
import { fileURLToPath } from "node:url";
import { readProcessEnv } from "../../src/env.ts";
import { describePlace } from "../../src/supervisor/describe-place.ts";
import { supervise } from "../../src/supervisor/supervise.ts";

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const here = fileURLToPath(new URL("../../src/supervisor/main.ts", import.meta.url));
const environment = readProcessEnv();

process.exit(
  await supervise({
    environment,
    describe: (settings, stop) => ({
      ...describePlace({ here, settings, environment, isDev: false, stop }),
      serverMain: environment["TEST_SERVER"] ?? beside("./fixture-server.ts"),
      simulatorMain: environment["TEST_SIMULATOR"] ?? beside("./fixture-simulator.ts"),
    }),
  }),
);
