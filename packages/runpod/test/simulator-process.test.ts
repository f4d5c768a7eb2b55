import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { expect, test } from "vitest";
import { z } from "zod";

const MAIN = new URL("../src/simulator/main.ts", import.meta.url).pathname;
const Ready = z.object({ url: z.url(), port: z.number().int().positive() });

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, ["--conditions=ob-source", MAIN, "--port", "0", ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
}

async function ready(child: ChildProcess): Promise<z.infer<typeof Ready>> {
  if (child.stdout === null) throw new Error("The child has no stdout.");
  for await (const line of createInterface(child.stdout)) return Ready.parse(JSON.parse(line));
  throw new Error("The simulator printed nothing.");
}

async function health(url: string): Promise<number> {
  const response = await fetch(`${url}/v2/ep/health`, { headers: { authorization: "Bearer k" } });
  await response.body?.cancel();
  return response.status;
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "it prints where it listens and ends on %s",
  async (signal) => {
    const child = start();
    const { url, port } = await ready(child);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await health(url)).toBe(200);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  },
);

test("it goes on when the process that started it has closed every pipe", async () => {
  const child = start("--queue-ms", "0", "--gpu-ms", "0");
  const { url } = await ready(child);
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.destroy();
  // Each run writes log lines into the closed pipe.
  for (let call = 0; call < 3; call += 1) {
    const response = await fetch(`${url}/v2/ep/run`, {
      method: "POST",
      headers: { authorization: "Bearer k" },
      body: JSON.stringify({ input: {} }),
    });
    expect(response.status).toBe(200);
  }
  expect(await health(url)).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each([["--workers", "0"], ["--port", "x"], ["--host", "0.0.0.0"], ["--unknown"]])(
  "it refuses %s %s",
  async (...args) => {
    const child = start(...args);
    const [code] = await once(child, "exit");
    expect(code).not.toBe(0);
  },
);
