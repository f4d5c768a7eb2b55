import { parseArgs } from "node:util";

import * as z from "zod";

import { checkGraph } from "../src/checker/check-graph.ts";
import type { CheckProfile } from "../src/checker/check-profile.ts";
import type { GraphVerdict } from "../src/checker/graph-verdict.ts";
import type { NodeTypes } from "../src/checker/node-types.ts";
import { readObjectInfo } from "../src/checker/read-object-info.ts";
import { parseGraphJson } from "../src/graph/parse-graph-json.ts";
import type { VersionsReport } from "../src/services/check-versions.ts";
import {
  CannotRun,
  readArguments,
  readText,
  runJsonCommand,
  type CommandResult,
} from "./json-command.ts";

// `npm run contracts:check`: every variant of every version, offline; or with --graph one graph, as
// ComfyUI's POST /prompt would answer it.

const USAGE =
  "npm run contracts:check [-- --graph graph.json [--object-info object_info.json] [--files a.png,b.png] [--profile comfyui|strict]]";

async function main(argv: string[]): Promise<CommandResult> {
  const {
    graph,
    profile,
    files,
    "object-info": objectInfo,
  } = readArguments(USAGE, () => {
    const { values } = parseArgs({
      args: argv,
      options: {
        graph: { type: "string" },
        "object-info": { type: "string" },
        files: { type: "string" },
        profile: { type: "string" },
      },
    });
    return { ...values, profile: readProfile(values.profile) };
  });
  if (graph === undefined) {
    if (objectInfo !== undefined || files !== undefined || profile !== undefined) {
      throw new CannotRun(`--graph is missing\nUsage: ${USAGE}`);
    }
    return await everyVersion();
  }
  const info = objectInfo === undefined ? null : objectInfoFrom(objectInfo);
  const verdict = verdictOn(readText(graph), {
    files:
      files === undefined ? (info?.files ?? []) : files.split(",").filter((name) => name !== ""),
    profile: profile ?? "strict",
    ...(info === null ? {} : { nodeTypes: info.nodeTypes }),
  });
  return { exitCode: verdict.valid ? 0 : 1, document: verdict };
}

async function everyVersion(): Promise<CommandResult> {
  try {
    const document = await reportOnVersions();
    return { exitCode: document.ok ? 0 : 1, document };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    // A contract that contradicts itself does not even load; its file stands in the trace.
    process.stderr.write(`${error.stack ?? error.message}\n`);
    const problems = error.issues.map(({ path, message }) => [...path, message].join(": "));
    return { exitCode: 1, document: { ok: false, problems, drafts: [], versions: [] } };
  }
}

/** Loaded only when asked for: one graph needs neither services nor phrasebook. */
async function reportOnVersions(): Promise<VersionsReport> {
  const [{ checkVersions }, { GPU_SERVICES }, { RELEASED }] = await Promise.all([
    import("../src/services/check-versions.ts"),
    import("../src/services/gpu-services.ts"),
    import("../src/services/released.ts"),
  ]);
  return checkVersions(GPU_SERVICES, RELEASED);
}

function readProfile(given: string | undefined): CheckProfile | undefined {
  if (given === undefined || given === "strict" || given === "comfyui") return given;
  throw new CannotRun(`--profile is strict or comfyui, not ${given}`);
}

function objectInfoFrom(path: string): ReturnType<typeof readObjectInfo> {
  const text = readText(path);
  try {
    return readObjectInfo(parseGraphJson(text));
  } catch (error) {
    throw new CannotRun(`${path} is no answer of ComfyUI's GET /object_info`, { cause: error });
  }
}

/** A text that is no graph at all gets a verdict as well. */
function verdictOn(
  text: string,
  options: { files: readonly string[]; profile: CheckProfile; nodeTypes?: NodeTypes },
): GraphVerdict {
  let graph: unknown;
  try {
    graph = parseGraphJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {
      valid: false,
      error: {
        type: "invalid_graph",
        message: "This is not a graph in ComfyUI's API format",
        details: error.message,
        extra_info: {},
      },
      node_errors: {},
    };
  }
  return checkGraph(graph, options);
}

await runJsonCommand(main);
