import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { findThaiBreakage } from "./thai-typography.mjs";

const ROOT = dirname(dirname(import.meta.dirname));

/** Each is planted as a scratch file beside the real configuration; `rule` null: it must pass. */
const PLANTED = [
  ["packages/workflow/src/a.ts", `import "node:fs";`, "import-direction"],
  [
    "packages/workflow/src/b.ts",
    `import { db } from "@ob/db";\nexport { db };`,
    "import-direction",
  ],
  ["packages/workflow/src/c.ts", `export const now = (): number => Date.now();`, "pure"],
  ["packages/workflow/src/d.ts", `export const at = (): Date => new Date();`, "pure"],
  ["packages/workflow/src/e.ts", `export const at = (ms: number): Date => new Date(ms);`, null],
  [
    "packages/workflow/src/f.test.ts",
    `import { readFileSync } from "node:fs";\nexport { readFileSync };`,
    null,
  ],
  ["packages/api/src/domain/a.ts", `export const roll = (): number => Math.random();`, "pure"],
  [
    "packages/api/src/domain/b.ts",
    `import { x } from "../services/x.ts";\nexport { x };`,
    "import-direction",
  ],
  ["packages/api/src/domain/c.ts", `export const go = async () => await fetch("/");`, "pure"],
  [
    "packages/api/src/domain/d.ts",
    `export const go = (fetch: () => number): number => fetch();`,
    null,
  ],
  [
    "packages/api/src/services/a.ts",
    `import { x } from "../routers/x.ts";\nexport { x };`,
    "import-direction",
  ],
  [
    "packages/api/src/services/b.ts",
    `import { x } from "../domain/x.ts";\nimport { y } from "@ob/db";\nexport { x, y };`,
    null,
  ],
  [
    "packages/api/src/routers/a.ts",
    `import { x } from "@ob/db";\nexport { x };`,
    "import-direction",
  ],
  [
    "packages/runpod/src/a.ts",
    `import { x } from "@ob/imaging";\nexport { x };`,
    "import-direction",
  ],
  ["packages/runpod/src/b.ts", `export { x } from "./simulator/x.ts";`, "import-direction"],
  ["packages/runpod/src/simulator/a.ts", `import { x } from "@ob/imaging";\nexport { x };`, null],
  [
    "packages/imaging/src/a.ts",
    `import { x } from "../../workflow/src/x.ts";\nexport { x };`,
    "import-direction",
  ],
  [
    "packages/db/src/a.ts",
    `export const load = async () => await import("@ob/api");`,
    "import-direction",
  ],
  ["apps/server/src/a.ts", `export const port = process.env["PORT"];`, "env-in-one-place"],
  ["apps/server/src/env.ts", `export const port = process.env["PORT"];`, null],
  ["apps/web/src/app/a.ts", `import { x } from "@ob/api";\nexport { x };`, "import-direction"],
  ["apps/web/src/app/b.ts", `import type { X } from "@ob/api";\nexport type { X };`, null],
  [
    "apps/web/src/features/studio/a.ts",
    `import { x } from "../wallet/x.ts";\nexport { x };`,
    "import-direction",
  ],
  ["apps/web/src/features/studio/b.ts", `import { x } from "./wallet/x.ts";\nexport { x };`, null],
  [
    "apps/web/src/shared/ui/a.ts",
    `import { x } from "../../features/jobs/x.ts";\nexport { x };`,
    "import-direction",
  ],
  [
    "apps/web/src/features/jobs/c.ts",
    `import { x } from "@ob/server";\nexport { x };`,
    "import-direction",
  ],
  [
    "packages/db/src/b.ts",
    `export const f = (x: unknown): string => x as string;`,
    "consistent-type-assertions",
  ],
  ["packages/db/src/c.ts", `export const f = ["a"] as const;`, null],
  ["packages/db/src/d.ts", `export const f = (x: any): void => x;`, "no-explicit-any"],
  [
    "packages/db/src/e.ts",
    `export const f = (x: string | null): string => x!;`,
    "no-non-null-assertion",
  ],
  [
    "packages/db/src/f.ts",
    `export const f = 1;\n`.repeat(1) + "// line\n".repeat(251),
    "max-lines",
  ],
];

describe("lint", () => {
  let scratch = "";
  let findings = [];

  before(async () => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), "ob-lint-")));
    for (const name of [".oxlintrc.json", "tools/lint"]) {
      cpSync(join(ROOT, name), join(scratch, name), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(scratch, "node_modules"));
    for (const [path, code] of PLANTED) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), `${code}\n`);
    }
    const oxlint = join(ROOT, "node_modules/oxlint/bin/oxlint");
    const args = [oxlint, "-f", "json", "packages", "apps"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: scratch }).catch(
      (error) => error,
    );
    findings = JSON.parse(stdout).diagnostics;
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  for (const [path, code, rule] of PLANTED) {
    const shown = `${path}: ${code.split("\n")[0]}`;
    test(rule === null ? `lets pass ${shown}` : `refuses (${rule}) ${shown}`, () => {
      const codes = findings.filter((each) => each.filename === path).map((each) => each.code);
      if (rule === null) assert.deepEqual(codes, []);
      else
        assert.ok(
          codes.some((each) => each.includes(rule)),
          `found only ${JSON.stringify(codes)}`,
        );
    });
  }
});

describe("Thai typography", () => {
  for (const bad of [
    `<p className="leading-none">`,
    `<p className="text-sm leading-tight">`,
    `<p className="md:leading-snug">`,
    `<p className="leading-[1.2]">`,
    `line-height: 1.25;`,
    `style={{ lineHeight: 1.4 }}`,
    `<p className="break-all">`,
    `word-break: break-all;`,
  ]) {
    test(`refuses ${bad}`, () => assert.equal(findThaiBreakage(bad).length, 1));
  }
  for (const good of [
    `leading-relaxed`,
    `leading-[1.6]`,
    `line-height: 1.5;`,
    `line-height: 24px`,
    `break-words`,
  ]) {
    test(`lets pass ${good}`, () => assert.deepEqual(findThaiBreakage(good), []));
  }
});
