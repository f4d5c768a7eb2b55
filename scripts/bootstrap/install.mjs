import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";
import { hashContents, isStamped, stamp } from "./stamp.mjs";
import { StepFailed, runStep } from "./step.mjs";

const STAMP = join(ROOT, "node_modules/.ob-install-stamp");

/** Folders of every workspace package, sorted. */
export function workspaceFolders() {
  const folders = ["apps", "packages"].flatMap((parent) =>
    readdirSync(join(ROOT, parent)).map((name) => join(ROOT, parent, name)),
  );
  return [...folders, join(ROOT, "examples"), join(ROOT, "bench")]
    .filter((folder) => existsSync(join(folder, "package.json")))
    .toSorted();
}

function wanted() {
  const own = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"].map((name) =>
    join(ROOT, name),
  );
  const manifests = workspaceFolders().map((folder) => join(folder, "package.json"));
  return `${process.platform}-${process.arch} ${hashContents([...own, ...manifests])}`;
}

export function isInstalled() {
  return isStamped(STAMP, wanted());
}

/** Installs exactly what the lockfile names. */
export async function install({ env, say }) {
  say("Installing dependencies");
  const args = ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"];
  const code = await runStep("pnpm", [...args, "--config.confirmModulesPurge=false"], {
    cwd: ROOT,
    env: { ...env, CI: "true" },
    quiet: true,
  });
  if (code !== 0) throw new StepFailed("The dependencies could not be installed (see above).");
  stamp(STAMP, wanted());
}
