import { existsSync } from "node:fs";
import { join } from "node:path";
import { TOOLCHAIN, nodePath } from "./paths.mjs";
import { hashContents, isStamped, stamp } from "./stamp.mjs";
import { StepFailed, runStep } from "./step.mjs";

const STAMP = join(TOOLCHAIN, "node_modules/.ob-stamp");

function wanted() {
  const files = ["package.json", "package-lock.json"].map((name) => join(TOOLCHAIN, name));
  return `${process.platform}-${process.arch} ${hashContents(files)}`;
}

export function isToolchainReady() {
  return isStamped(STAMP, wanted()) && existsSync(nodePath());
}

/** Fetches the pinned Node and pnpm from the npm registry, with the npm that is there. */
export async function fetchToolchain({ env, say }) {
  say("Fetching the pinned Node and pnpm (once)");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // npm tells its scripts where it stands; a script run without npm finds it on PATH.
  const npm = env.npm_execpath?.endsWith("npm-cli.js")
    ? [process.execPath, [env.npm_execpath, ...args]]
    : ["npm", args];
  const code = await runStep(npm[0], npm[1], { cwd: TOOLCHAIN, env, quiet: true });
  if (code !== 0 || !existsSync(nodePath())) {
    throw new StepFailed(
      `The pinned Node and pnpm could not be fetched for ${process.platform}-${process.arch}: ` +
        "the first start needs the npm registry.",
    );
  }
  stamp(STAMP, wanted());
}
