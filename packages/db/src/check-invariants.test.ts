import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createWorld } from "./testing/create-world.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ checkInvariants: false });
});
afterAll(() => database.close());

const Document = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  invariants: z
    .array(z.object({ invariant: z.number(), violations: z.array(z.unknown()) }))
    .optional(),
});

/** Runs the command as a process of its own; its whole stdout must be one JSON document. */
async function run(
  ...args: string[]
): Promise<{ code: number; document: z.infer<typeof Document> }> {
  const entry = fileURLToPath(new URL("./check-invariants.ts", import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--conditions=ob-source", entry, ...args],
      (_error, stdout) =>
        resolve({ code: child.exitCode ?? -1, document: Document.parse(JSON.parse(stdout)) }),
    );
  });
}

test("exit code 0 when all hold, 1 when one is broken", async () => {
  const owner = await createWorld(database.sql).owner(20);
  const sound = await run("--database-url", database.url);
  expect(sound).toMatchObject({ code: 0, document: { ok: true } });
  expect(sound.document.invariants).toHaveLength(10);

  await database.sql`update credit_balances set amount = 21 where owner_id = ${owner} and account = 'available'`;
  const broken = await run("--database-url", database.url);
  expect(broken).toMatchObject({ code: 1, document: { ok: false } });
  expect(broken.document.invariants?.[0]?.violations).toHaveLength(2);
});

test("exit code 2, and still one document, when it could not ask", async () => {
  for (const args of [
    [],
    ["--database-url", "postgres://nobody@127.0.0.1:1/none"],
    ["--database-url", database.url, "--server-started-at", "yesterday"],
  ]) {
    const { code, document } = await run(...args);
    expect(code).toBe(2);
    expect(document).toEqual({ ok: false, error: expect.any(String) });
  }
});
