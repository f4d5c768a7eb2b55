import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceFolders } from "./install.mjs";
import { ROOT } from "./paths.mjs";
import { hashContents, hashTimes, isStamped, stamp } from "./stamp.mjs";
import { StepFailed, runStep } from "./step.mjs";

const STAMP = join(ROOT, "node_modules/.ob-build-stamp");
const NOT_SOURCE = new Set(["node_modules", "dist", "test", "e2e", "coverage", "test-results"]);

function isSource(entry) {
  if (entry.name.startsWith(".")) return false;
  return entry.isDirectory() ? !NOT_SOURCE.has(entry.name) : !/\.test\.tsx?$/.test(entry.name);
}

// Times, not contents: a few milliseconds for the whole tree. turbo looks at contents when times moved.
function wanted() {
  const shared = ["tsconfig.base.json", "turbo.json", "pnpm-lock.yaml"].map((name) =>
    join(ROOT, name),
  );
  return `${hashContents(shared)} ${hashTimes(ROOT, workspaceFolders(), isSource)}`;
}

function hasOutputs() {
  return workspaceFolders().every((folder) => {
    const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return scripts?.build === undefined || existsSync(join(folder, "dist"));
  });
}

export function isBuilt() {
  return hasOutputs() && isStamped(STAMP, wanted());
}

/** Builds what changed; turbo knows what that is. */
export async function build({ env, say, quiet = true }) {
  say("Building");
  const before = wanted();
  const code = await runTurbo(["build"], { env, quiet });
  if (code !== 0) throw new StepFailed("The build failed (see above).");
  // A build that writes into its own sources settles at the second look; an edit meanwhile does not count as built.
  const after = wanted();
  stamp(STAMP, after === before ? after : await settled(after));
}

async function settled(value) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return wanted() === value ? value : "moving";
}

/** Runs turbo tasks over the workspace; `extra` goes to the tasks' own commands. @returns the exit code. */
export function runTurbo(args, { env, quiet = false, logs = "errors-only", extra = [] }) {
  const turbo = join(ROOT, "node_modules/.bin/turbo");
  const options = [`--output-logs=${logs}`, "--no-color"];
  const rest = extra.length === 0 ? [] : ["--", ...extra];
  return runStep(turbo, ["run", ...args, ...options, ...rest], { cwd: ROOT, env, quiet });
}
