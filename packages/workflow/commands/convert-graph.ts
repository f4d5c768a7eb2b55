import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { graphProblem, type ConvertProblem } from "../src/graph/convert/convert-problem.ts";
import { convertUiGraph, type ConvertResult } from "../src/graph/convert/convert-ui-graph.ts";
import { printGraphJson } from "../src/graph/convert/print-graph-json.ts";
import { parseGraphJson } from "../src/graph/parse-graph-json.ts";
import {
  CannotRun,
  readArguments,
  readText,
  runJsonCommand,
  type CommandResult,
} from "./json-command.ts";

// `npm run workflow:convert`: a workflow as ComfyUI saves it, in the API format. Stdout is the graph
// (with --out: where it was written); or, with exit code 1, {"ok":false,"problems":[…]}.

const USAGE =
  "npm run workflow:convert -- graph.json --object-info object_info.json [--out api.json]";

function main(argv: string[]): CommandResult {
  const { graph, info, out } = readArguments(USAGE, () => {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { "object-info": { type: "string" }, out: { type: "string" } },
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new CannotRun("One graph file is needed");
    if (values["object-info"] === undefined) throw new CannotRun("--object-info is missing");
    return { graph: path, info: values["object-info"], out: values.out };
  });
  const objectInfo = parseObjectInfo(info);
  const result = convertText(readText(graph), objectInfo);
  if (!result.ok) {
    for (const problem of result.problems) process.stderr.write(`${describe(problem)}\n`);
    return { exitCode: 1, document: result };
  }
  if (out === undefined) return { exitCode: 0, document: result.graph };
  writeResult(out, printGraphJson(result.graph));
  return { exitCode: 0, document: { ok: true, out, nodes: Object.keys(result.graph).length } };
}

function writeResult(path: string, text: string): void {
  try {
    writeFileSync(path, `${text}\n`);
  } catch (error) {
    throw new CannotRun(`${path} cannot be written`, { cause: error });
  }
}

function parseObjectInfo(path: string): unknown {
  const text = readText(path);
  try {
    return parseGraphJson(text);
  } catch (error) {
    throw new CannotRun(`${path} is not JSON`, { cause: error });
  }
}

function convertText(text: string, objectInfo: unknown): ConvertResult {
  let graph: unknown;
  try {
    graph = parseGraphJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problems: [graphProblem("not_json", error.message)] };
  }
  return convertUiGraph(graph, { objectInfo, now: new Date() });
}

function describe(problem: ConvertProblem): string {
  const node = problem.nodeId === null ? "" : `node ${problem.nodeId} (${problem.title ?? "?"}): `;
  return `${node}${problem.reason}: ${problem.message}`;
}

await runJsonCommand(main, printGraphJson);
