import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { readObjectInfo } from "../src/checker/read-object-info.ts";
import { parseGraphJson } from "../src/graph/parse-graph-json.ts";
import { fetchTemplates } from "./fetch-templates.ts";
import {
  CannotRun,
  readArguments,
  readText,
  runJsonCommand,
  type CommandResult,
} from "./json-command.ts";
import { reportOnTemplates } from "./template-report.ts";

// `npm run peers:templates`: by hand, needs Python and the network. Converts every official ComfyUI
// template from PyPI and checks the outcome; exit code 1 when one that needs only the given classes
// is refused or comes out wrong. Nothing is kept.

const USAGE = "npm run peers:templates -- --object-info object_info.json [--version 0.11.97]";

function main(argv: string[]): CommandResult {
  const { info, version } = readArguments(USAGE, () => {
    const { values } = parseArgs({
      args: argv,
      options: { "object-info": { type: "string" }, version: { type: "string" } },
    });
    if (values["object-info"] === undefined) throw new CannotRun("--object-info is missing");
    return { info: values["object-info"], version: values.version ?? null };
  });
  const objectInfo = parseGraphJson(readText(info));
  const { nodeTypes } = readObjectInfo(objectInfo);
  const folder = mkdtempSync(join(tmpdir(), "ob-templates-"));
  try {
    const templates = fetchTemplates(folder, version);
    const report = reportOnTemplates(templates.files, { objectInfo, nodeTypes });
    const isGood = report.refused.length === 0 && report.invalid.length === 0;
    return { exitCode: isGood ? 0 : 1, document: { version: templates.version, ...report } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runJsonCommand(main);
