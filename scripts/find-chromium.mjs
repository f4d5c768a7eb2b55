import { existsSync } from "node:fs";
import { platform } from "node:process";
import { StepFailed, runStep } from "./bootstrap/step.mjs";

const USUAL_PLACES = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
};

/** The browser for the browser tests; installed when we are root on Debian. @throws {StepFailed} when there is none. */
export async function findChromium(env) {
  if (env.CHROMIUM_PATH) {
    if (existsSync(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new StepFailed(`CHROMIUM_PATH names ${env.CHROMIUM_PATH}, and nothing is there.`);
  }
  const found = inUsualPlaces();
  if (found !== undefined) return found;
  const isDebianRoot = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (isDebianRoot && (await installChromium(env))) {
    const installed = inUsualPlaces();
    if (installed !== undefined) return installed;
  }
  throw new StepFailed(
    "The browser tests need Chromium or Chrome, and none was found: install one, or name it with CHROMIUM_PATH.",
  );
}

function inUsualPlaces() {
  return (USUAL_PLACES[platform] ?? []).find((path) => existsSync(path));
}

async function installChromium(env) {
  process.stderr.write("Installing Chromium for the browser tests\n");
  const options = { cwd: "/", env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, quiet: true };
  const updated = await runStep("apt-get", ["update"], options);
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  return updated === 0 && (await runStep("apt-get", install, options)) === 0;
}
