#!/usr/bin/env node
// The door of every root npm script. Runs on any Node >= 20 and fetches the rest: see docs/development.md.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { build, isBuilt } from "./bootstrap/build.mjs";
import { bootstrapEnvironment } from "./bootstrap/environment.mjs";
import { install, isInstalled } from "./bootstrap/install.mjs";
import { withLock } from "./bootstrap/lock.mjs";
import { ROOT, nodePath, toolEnvironment } from "./bootstrap/paths.mjs";
import { StepFailed } from "./bootstrap/step.mjs";
import { fetchToolchain, isToolchainReady } from "./bootstrap/toolchain.mjs";

// Node says so on stderr when an optional file is absent: the flag is given only when it is there.
const ENV_FILE = existsSync(join(ROOT, ".env")) ? [`--env-file=${join(ROOT, ".env")}`] : [];

/**
 * One row per command. `needs`: how far the clone must be prepared. `node`: the arguments of the
 * pinned Node; null when preparing was all. `isService`: it supervises, and ends when we die.
 */
const COMMANDS = {
  start: {
    needs: "build",
    node: [...ENV_FILE, "apps/server/dist/supervisor/main.js"],
    isService: true,
  },
  dev: {
    needs: "install",
    node: [...ENV_FILE, "--conditions=ob-source", "apps/server/src/supervisor/main.ts", "--dev"],
    isService: true,
  },
  build: { needs: "build", node: null },
  test: { needs: "build", node: ["scripts/test.mjs"] },
  "test:full": { needs: "build", node: ["scripts/test.mjs", "--full"] },
  typecheck: { needs: "install", node: ["scripts/typecheck.mjs"] },
  lint: { needs: "install", node: ["scripts/lint.mjs"] },
  format: { needs: "install", node: ["node_modules/oxfmt/bin/oxfmt"] },
  // The sources of bench/ on the built packages: what is measured is what `npm start` runs.
  bench: { needs: "build", node: ["bench/src/main.ts"] },
  example: { needs: "build", node: ["examples/edit-a-photo.ts"] },
  "contracts:check": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/workflow/commands/check-contracts.ts"],
  },
  "workflow:compile": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/workflow/commands/compile-workflow.ts"],
  },
  "workflow:convert": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/workflow/commands/convert-graph.ts"],
  },
  "peers:templates": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/workflow/commands/peers-templates.ts"],
  },
  "peers:gpu": {
    needs: "install",
    node: [...ENV_FILE, "--conditions=ob-source", "packages/runpod/commands/peers-gpu.ts"],
  },
  "worker:test-input": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/runpod/commands/write-test-input.ts"],
  },
  "workflow:release": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/workflow/commands/release-version.ts"],
  },
  "prompts:report": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/workflow/commands/prompts-report.ts"],
  },
  "check:invariants": {
    needs: "build",
    node: [...ENV_FILE, "apps/server/dist/commands/check-invariants.js"],
  },
  "pack:client": {
    needs: "install",
    node: ["--conditions=ob-source", "packages/api/commands/pack-client.ts"],
  },
  chaos: {
    needs: "install",
    node: ["--conditions=ob-source", "apps/server/test/chaos/run-chaos.ts"],
  },
  versions: {
    needs: "build",
    node: [...ENV_FILE, "apps/server/dist/commands/versions.js"],
  },
  jobs: { needs: "build", node: [...ENV_FILE, "apps/server/dist/commands/jobs.js"] },
  incidents: { needs: "build", node: [...ENV_FILE, "apps/server/dist/commands/incidents.js"] },
  doctor: { needs: "build", node: [...ENV_FILE, "apps/server/dist/commands/doctor.js"] },
};

const STEPS = [
  { level: "toolchain", isDone: isToolchainReady, run: fetchToolchain },
  { level: "install", isDone: isInstalled, run: install },
  { level: "build", isDone: isBuilt, run: build },
];

/** Prepares the clone as far as `level`; touches nothing when nothing changed. */
async function prepare(level, options) {
  const last = STEPS.findIndex((step) => step.level === level);
  const steps = STEPS.slice(0, last + 1);
  if (steps.every((step) => step.isDone())) return;
  await withLock(`bootstrap ${ROOT}`, async () => {
    for (const step of steps) if (!step.isDone()) await step.run(options);
  });
}

/** Runs the command under the pinned Node, hands every signal on, resolves to its exit code. */
function runCommand(command, extra) {
  const [script, ...rest] = command.node.map((part) =>
    part.startsWith("-") ? part : join(ROOT, part),
  );
  // Listening comes first: a signal that arrives during the spawn must find a listener.
  let child = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child?.kill(signal));
  child = spawn(nodePath(), [script, ...rest, ...extra], {
    env: toolEnvironment(process.env),
    // The channel tells a supervisor that we are gone, however we went.
    stdio: command.isService ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
  });
  if (command.isService) followNpm(() => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** npm killed outright cannot hand a signal on: we notice that our parent is another one. */
function followNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

async function main([name, ...extra]) {
  const command = Object.hasOwn(COMMANDS, name ?? "") ? COMMANDS[name] : null;
  if (command === null) {
    process.stderr.write(`Commands: ${Object.keys(COMMANDS).join(", ")}\n`);
    return 2;
  }
  const progress = command.isService ? process.stdout : process.stderr;
  const say = (line) => progress.write(`${line}\n`);
  await prepare(command.needs, { env: bootstrapEnvironment(process.env), say });
  return command.node === null ? 0 : await runCommand(command, extra);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof StepFailed ? error.message : error.stack}\n`);
  process.exitCode = 2;
}
