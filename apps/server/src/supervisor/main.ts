import { fileURLToPath } from "node:url";
import { readProcessEnv } from "../env.ts";
import { describePlace } from "./describe-place.ts";
import { supervise } from "./supervise.ts";

// `npm start`, and with --dev `npm run dev`.
const environment = readProcessEnv();
const isDev = process.argv.includes("--dev");
const here = fileURLToPath(import.meta.url);

process.exit(
  await supervise({
    environment,
    describe: (settings, stop) => describePlace({ here, settings, environment, isDev, stop }),
  }),
);
