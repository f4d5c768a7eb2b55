import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

test.each(["postgres://u:hunter2secret@h:notaport/x", "postgres://u:hunter2secret100%@h/x"])(
  "a start with DATABASE_URL=%s says what is wrong, without its value or a stack",
  async (url) => {
    const child = spawn(process.execPath, ["--conditions=ob-source", MAIN], {
      env: { DATABASE_URL: url, RUNPOD_BASE_URL: "http://127.0.0.1:9/v2", RUNPOD_API_KEY: "key" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await once(child, "close");
    expect(child.exitCode).toBe(1);
    expect(said).toContain("DATABASE_URL is not valid");
    expect(said).not.toMatch(/hunter2|notaport|\bat .+:\d+:\d+/);
  },
);
