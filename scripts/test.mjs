// `npm test`: type check, lint, and every suite (unit, integration, browser). `--full`: property and model tests at length (vitest.shared.ts).
import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { runTurbo } from "./bootstrap/build.mjs";
import { workspaceFolders } from "./bootstrap/install.mjs";
import { ROOT, nodePath } from "./bootstrap/paths.mjs";
import { StepFailed, runStep } from "./bootstrap/step.mjs";
import { findChromium } from "./find-chromium.mjs";
import { lint } from "./lint.mjs";

const REPORT = "node_modules/.ob-test-report.json";
const SCRIPT_REPORT = join(ROOT, "node_modules/.ob-script-tests.txt");

/** In the order of their length: what starts last should end soon. */
const LONGEST = ["@ob/server", "@ob/web", "@ob/api", "@ob/imaging", "@ob/workflow"];

const tally = { passed: 0, failed: 0 };

function count(name, { passed, failed }) {
  tally.passed += passed;
  tally.failed += failed;
  process.stderr.write(`${name}: ${passed} passed, ${failed} failed\n`);
}

/** The folders of the packages that have tests, the longest suites first. */
function suiteFolders() {
  const rankOf = (name) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);
  return workspaceFolders()
    .map((folder) => ({
      folder,
      ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
    }))
    .filter(({ scripts }) => scripts?.test !== undefined)
    .toSorted((one, other) => rankOf(one.name) - rankOf(other.name));
}

/** Runs the vitest suites and counts each package's report; a suite that left none counts as failed. */
async function runSuites(env) {
  const suites = suiteFolders();
  const folders = suites.map(({ folder }) => folder);
  for (const folder of folders) rmSync(join(folder, REPORT), { force: true });
  const report = ["--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`];
  const waiting = suites.map(({ name }) => name);
  let code = 0;
  const runNext = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const options = { env, logs: "full", extra: report };
      code = (await runTurbo(["test", `--filter=${name}`], options)) || code;
    }
  };
  // Three on two cores: the longest wait, for processes and browsers, as much as they work.
  const atOnce = Math.floor(availableParallelism() / 2) + 2;
  await Promise.all(Array.from({ length: atOnce }, runNext));
  const before = tally.failed;
  for (const folder of folders) {
    count(`${basename(dirname(folder))}/${basename(folder)}`, readReport(join(folder, REPORT)));
  }
  // An error outside every test (an unhandled rejection) fails the run without failing a test.
  if (code !== 0 && tally.failed === before) count("suites", { passed: 0, failed: 1 });
}

function readReport(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(path, "utf8"));
  const failed = report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1);
  return { passed: report.numPassedTests, failed };
}

/** The tests of the scripts and lint rules themselves run on node:test. */
async function runScriptTests(env) {
  const patterns = ["scripts/**/*.test.mjs", "tools/**/*.test.mjs"].map((each) => join(ROOT, each));
  const reporters = ["dot", "tap"].map((name) => `--test-reporter=${name}`);
  const targets = ["stderr", SCRIPT_REPORT].map((name) => `--test-reporter-destination=${name}`);
  await runStep(nodePath(), ["--test", ...reporters, ...targets, ...patterns], { cwd: ROOT, env });
  const text = existsSync(SCRIPT_REPORT) ? readFileSync(SCRIPT_REPORT, "utf8") : "";
  const numberOf = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(text)?.[1] ?? NaN);
  const counted = { passed: numberOf("pass"), failed: numberOf("fail") };
  count("scripts", Number.isNaN(counted.passed) ? { passed: 0, failed: 1 } : counted);
}

async function main(isFull) {
  const env = {
    ...process.env,
    CHROMIUM_PATH: await findChromium(process.env),
    ...(isFull ? { FULL: "1" } : {}),
    ...(process.stderr.isTTY === true ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined }),
  };
  const wrong = await lint();
  count("lint", { passed: 3 - wrong.length, failed: wrong.length });
  const typed = (await runTurbo(["typecheck", "--continue"], { env })) === 0;
  count("typecheck", { passed: typed ? 1 : 0, failed: typed ? 0 : 1 });
  await runScriptTests(env);
  await runSuites(env);
}

try {
  await main(process.argv.includes("--full"));
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof StepFailed ? error.message : error.stack}\n`);
  process.exitCode = 2;
}
