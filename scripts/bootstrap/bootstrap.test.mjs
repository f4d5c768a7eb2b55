import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { bootstrapEnvironment } from "./environment.mjs";
import { withLock } from "./lock.mjs";
import { hashTimes } from "./stamp.mjs";

const scratch = mkdtempSync(join(tmpdir(), "ob-bootstrap-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

test("work under one lock never overlaps", async () => {
  const steps = [];
  const work = (name) => async () => {
    steps.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    steps.push(`${name} ends`);
  };
  const name = `test ${process.pid}`;
  await Promise.all([withLock(name, work("one")), withLock(name, work("two"))]);
  assert.equal(steps.length, 4);
  for (const at of [0, 2]) {
    assert.equal(steps[at].replace(" begins", ""), steps[at + 1].replace(" ends", ""));
  }
});

test("a lock whose holder was killed is free", async () => {
  const name = `killed ${process.pid}`;
  const script = `
    import { withLock } from ${JSON.stringify(new URL("./lock.mjs", import.meta.url).href)};
    await withLock(${JSON.stringify(name)}, () => { console.log("held"); return new Promise(() => setInterval(() => {}, 9e6)); });
  `;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  const mine = withLock(name, () => "mine");
  holder.kill("SIGKILL");
  assert.equal(await mine, "mine");
});

test("a signal during a step ends the step's whole group, then us", async () => {
  const script = `
    import { runStep } from ${JSON.stringify(new URL("./step.mjs", import.meta.url).href)};
    await runStep("sh", ["-c", "sleep 1000 & echo up >&2; wait"], { cwd: "/", env: process.env });
  `;
  const runner = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "inherit", "pipe"],
  });
  await once(runner.stderr, "data");
  runner.kill("SIGTERM");
  // The grandchild holds this pipe too: it closes when the last of them is gone.
  const [code] = await once(runner, "close");
  assert.equal(code, 143);
});

test("the time stamp changes with a source's time and not with a test's", () => {
  const folder = join(scratch, "tree");
  mkdirSync(join(folder, "src"), { recursive: true });
  for (const name of ["a.ts", "a.test.ts"]) writeFileSync(join(folder, "src", name), "x");
  const hash = () => hashTimes(folder, [folder], (entry) => !entry.name.endsWith(".test.ts"));
  const before = hash();
  utimesSync(join(folder, "src/a.test.ts"), 1, 1);
  assert.equal(hash(), before);
  utimesSync(join(folder, "src/a.ts"), 1, 1);
  assert.notEqual(hash(), before);
});

test("npm's own variables do not reach pnpm and turbo, the user's registry does", () => {
  const env = bootstrapEnvironment({
    PATH: "/bin",
    npm_lifecycle_event: "start",
    npm_package_name: "x",
    npm_config_registry: "https://registry.example",
  });
  assert.equal(env.npm_lifecycle_event, undefined);
  assert.equal(env.npm_package_name, undefined);
  assert.equal(env.npm_config_registry, "https://registry.example");
  assert.match(env.PATH, /toolchain/);
});
