import { checkGraph } from "../src/checker/check-graph.ts";
import type { GraphVerdict } from "../src/checker/graph-verdict.ts";
import type { NodeTypes } from "../src/checker/node-types.ts";
import { convertUiGraph } from "../src/graph/convert/convert-ui-graph.ts";
import type { ConvertProblem } from "../src/graph/convert/convert-problem.ts";
import { plainText } from "../src/graph/convert/plain-text.ts";
import { parseGraphJson } from "../src/graph/parse-graph-json.ts";
import type { TemplateFile } from "./fetch-templates.ts";

/** What became of the templates. */
export interface TemplateReport {
  templates: number;
  /** JSON files beside the templates that are no graphs: indexes and lists. */
  otherFiles: number;
  converted: number;
  /** Of the converted: nothing to object to, but for models and media that this server has not. */
  valid: number;
  /** Of the valid: those with no objection at all. */
  validWithItsFiles: number;
  /** Of the converted: what else was objected to. */
  invalid: readonly { template: string; objections: readonly string[] }[];
  /** Templates that need classes the server has not: custom, remote or newer nodes. */
  needsOtherClasses: number;
  missingClasses: Readonly<Record<string, number>>;
  refused: readonly { template: string; problems: readonly ConvertProblem[] }[];
}

/** Converts every template and checks what comes out as ComfyUI would. */
export function reportOnTemplates(
  files: readonly TemplateFile[],
  server: { objectInfo: unknown; nodeTypes: NodeTypes },
): TemplateReport {
  const invalid: { template: string; objections: readonly string[] }[] = [];
  const refused: { template: string; problems: readonly ConvertProblem[] }[] = [];
  const counts = {
    otherFiles: 0,
    converted: 0,
    valid: 0,
    validWithItsFiles: 0,
    needsOtherClasses: 0,
  };
  const missing = new Map<string, number>();
  for (const { name, text } of files) {
    const graph = parseGraphJson(text);
    if (!isGraph(graph)) {
      counts.otherFiles += 1;
      continue;
    }
    const result = convertUiGraph(graph, { objectInfo: server.objectInfo });
    if (!result.ok) {
      const classes = missingClasses(result.problems);
      for (const type of classes) missing.set(type, (missing.get(type) ?? 0) + 1);
      if (classes.size > 0) counts.needsOtherClasses += 1;
      else refused.push({ template: name, problems: result.problems });
      continue;
    }
    counts.converted += 1;
    const options = { files: [], profile: "comfyui", nodeTypes: server.nodeTypes } as const;
    const { objections, aboutFiles } = readObjections(checkGraph(result.graph, options));
    if (objections.length > 0) invalid.push({ template: name, objections });
    else {
      counts.valid += 1;
      if (aboutFiles === 0) counts.validWithItsFiles += 1;
    }
  }
  const byCount = [...missing].toSorted(([, a], [, b]) => b - a);
  return {
    templates: files.length - counts.otherFiles,
    ...counts,
    invalid,
    refused,
    missingClasses: Object.fromEntries(byCount),
  };
}

function isGraph(value: unknown): boolean {
  return typeof value === "object" && value !== null && "nodes" in value;
}

/** The classes a graph needs and the server has not. */
function missingClasses(problems: readonly ConvertProblem[]): ReadonlySet<string> {
  return new Set(
    problems.flatMap(({ reason, message }) =>
      reason === "unknown_class" ? [/has no class "(.*)";/.exec(message)?.[1] ?? message] : [],
    ),
  );
}

const MEDIA_OR_MODEL =
  /\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx|png|jpe?g|webp|gif|svg|mp4|webm|mov|wav|mp3|flac|ogg|glb|obj|exr)$/i;

/** Objections, told apart from those to models and media that are only not on this server. */
function readObjections(verdict: GraphVerdict): { objections: string[]; aboutFiles: number } {
  const objections: string[] = [];
  let aboutFiles = 0;
  for (const [id, { class_type: type, errors }] of Object.entries(verdict.node_errors)) {
    for (const error of errors) {
      const received = plainText(error.extra_info["received_value"]) ?? "";
      const isFile =
        (error.type === "value_not_in_list" && MEDIA_OR_MODEL.test(received)) ||
        (error.type === "custom_validation_failed" && /Invalid \w+ file/.test(error.details));
      if (isFile) aboutFiles += 1;
      else objections.push(`${id} ${String(type)}: ${error.type}: ${error.details}`.slice(0, 200));
    }
  }
  const isExplained = verdict.valid || aboutFiles > 0 || objections.length > 0;
  if (!isExplained)
    objections.push(`${verdict.error?.type ?? ""}: ${verdict.error?.message ?? ""}`);
  return { objections, aboutFiles };
}
