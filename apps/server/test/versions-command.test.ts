import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "@ob/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processEnvironment } from "./support/process-environment.ts";
import { trusted } from "./support/trusted.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

interface Answer {
  code: number;
  document: {
    ok: boolean;
    code?: string;
    versions?: { version: string; percent: number; isLive: boolean; note: string | null }[];
  };
  stderr: string;
}

/** Runs the command as an operator would, and reads all of its stdout as one JSON document. */
function versions(args: string[]): Promise<Answer> {
  const main = fileURLToPath(new URL("../src/commands/versions.ts", import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--conditions=ob-source", main, ...args],
      { env: { ...processEnvironment(), DATABASE_URL: database.url } },
      (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, document: trusted(JSON.parse(stdout)), stderr }),
    );
  });
}

const of = ({ document }: Answer, name: string) =>
  document.versions?.find(({ version }) => version === name);

test("an operator gives a version to a share of the owners and reads it back", async () => {
  const shared = await versions(["share", "qwen-image-edit@2", "12.5", "--note", "first owners"]);
  expect(shared).toMatchObject({ code: 0, stderr: "", document: { ok: true } });
  expect(of(shared, "qwen-image-edit@2")).toMatchObject({ percent: 12.5, note: "first owners" });
  expect(of(await versions(["list"]), "qwen-image-edit@2")).toMatchObject({ percent: 12.5 });
});

test("what the rules refuse ends with 1, what cannot be understood with 2", async () => {
  const refused = await versions(["withdraw", "photo-restore@1"]);
  expect(refused).toMatchObject({ code: 1, document: { ok: false, code: "last-live-version" } });
  expect(of(refused, "photo-restore@1")).toMatchObject({ isLive: true });
  expect(await versions(["share", "qwen-image-edit@2", "lots"])).toMatchObject({
    code: 2,
    document: { ok: false },
  });
});
