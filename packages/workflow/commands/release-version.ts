import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { checkVersions } from "../src/services/check-versions.ts";
import { GPU_SERVICES } from "../src/services/gpu-services.ts";
import { RELEASED, type Released } from "../src/services/released.ts";
import { CannotRun, readArguments, runJsonCommand, type CommandResult } from "./json-command.ts";

// `npm run workflow:release -- photo-restore@1`: a draft becomes a version that never changes again.

const USAGE = "npm run workflow:release -- <id>@<n>";
const FILE = new URL("../src/services/released.json", import.meta.url);

function main(argv: string[]): CommandResult {
  const version = readArguments(USAGE, () => {
    const { positionals } = parseArgs({ args: argv, allowPositionals: true, options: {} });
    const [only, ...more] = positionals;
    if (only === undefined || more.length > 0) throw new CannotRun("one version is needed");
    return only;
  });
  const report = checkVersions(GPU_SERVICES, RELEASED).versions.find(
    (known) => known.version === version,
  );
  if (report === undefined) throw new CannotRun(`${version} is in no folder of src/services`);
  if (report.state !== "draft" || !report.ok) {
    return { exitCode: 1, document: { released: false, ...report } };
  }
  const next: Released = {
    released: { ...RELEASED.released, [version]: report.digest },
    drafts: RELEASED.drafts.filter((draft) => draft !== version),
  };
  writeFileSync(FILE, `${JSON.stringify(next, null, 2)}\n`);
  return { exitCode: 0, document: { released: true, version, digest: report.digest } };
}

await runJsonCommand(main);
