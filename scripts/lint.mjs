// oxlint (with type information and our own rules), formatting, and Thai typography of the web app.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkThaiTypography } from "../tools/lint/thai-typography.mjs";
import { ROOT, nodePath } from "./bootstrap/paths.mjs";
import { runStep } from "./bootstrap/step.mjs";

/** @returns the names of the checks that failed. */
export async function lint() {
  const failed = [];
  const run = async (name, args) => {
    const code = await runStep(nodePath(), args, { cwd: ROOT, env: process.env });
    if (code !== 0) failed.push(name);
  };
  await run("lint", ["node_modules/oxlint/bin/oxlint", "--type-aware", "--deny-warnings"]);
  await run("format", ["node_modules/oxfmt/bin/oxfmt", "--check"]);
  const web = join(ROOT, "apps/web/src");
  const broken = existsSync(web) ? checkThaiTypography(ROOT, web) : [];
  for (const line of broken) process.stderr.write(`${line}\n`);
  if (broken.length > 0) failed.push("thai typography");
  return failed;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = (await lint()).length === 0 ? 0 : 1;
}
