import { writeFile } from "node:fs/promises";

import { workerTestInput } from "./worker-test-input.ts";

// `npm run worker:test-input`: writes deploy/runpod-worker/test_input.json anew.

const path = new URL("../../../deploy/runpod-worker/test_input.json", import.meta.url);
const text = `${JSON.stringify(workerTestInput(), null, 2)}\n`;
await writeFile(path, text);
process.stdout.write(`${JSON.stringify({ written: path.pathname, bytes: text.length })}\n`);
