import { fileURLToPath } from "node:url";

/** `npm run test:full` says so. */
const isFull = process.env["FULL"] === "1";
const LIMIT_MS = isFull ? 1_800_000 : 120_000;

/**
 * What every package's tests share. The limits only end what hangs: they are far beyond anything a
 * test takes on a busy machine, because no test may depend on how fast it runs.
 */
export const nodeTests = {
  resolve: { conditions: ["ob-source"] },
  ssr: { resolve: { conditions: ["ob-source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    // Programs that tests start need not compile again what the last one did.
    env: {
      NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.ob-compiled", import.meta.url)),
    },
    // No module keeps a state, so that files of one worker can share what they import. At length each
    // imports its own: none may work only because another came before it.
    isolate: isFull,
    // Property and model tests take this many times as many draws: minutes rather than seconds.
    provide: { rounds: isFull ? 20 : 1 },
  },
};
