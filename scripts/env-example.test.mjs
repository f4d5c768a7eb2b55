import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "./bootstrap/paths.mjs";

/** Set by the supervisor for the server it started, or by tests that make one fail; never by people. */
const INTERNAL = ["OB_SUPERVISED", "FAILPOINT", "GPU_FIGURES"];

const read = (path) => readFileSync(join(ROOT, path), "utf8");
const namesIn = (source) =>
  [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);

test(".env.example names exactly the variables that are read", () => {
  const server = /const Variables = z\.object\(\{(.*?)^\}\);/ms.exec(
    read("apps/server/src/boot/env-variables.ts"),
  );
  const supervisor = /const SupervisorEnv = z\.object\(\{(.*?)^\}\);/ms.exec(
    read("apps/server/src/supervisor/settings.ts"),
  );
  assert.ok(server !== null && supervisor !== null, "the schemas moved: mend this test");
  const wanted = new Set([...namesIn(server[1]), ...namesIn(supervisor[1])]);
  for (const name of INTERNAL) wanted.delete(name);
  const shown = [...read(".env.example").matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
  assert.ok(wanted.size > 15, `only ${wanted.size} variables found in the schemas`);
  assert.deepEqual(shown.toSorted(), [...wanted].toSorted());
});
