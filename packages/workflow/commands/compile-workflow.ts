import { parseArgs } from "node:util";

import * as z from "zod";

import { parseGraphJson } from "../src/graph/parse-graph-json.ts";
import { compileEdit } from "../src/services/compile-edit.ts";
import { GPU_SERVICES } from "../src/services/gpu-services.ts";
import { createServiceRegistry } from "../src/services/service-registry.ts";
import { COMPILE_MESSAGES, type CompileErrorCode } from "./compile-messages.ts";
import {
  CannotRun,
  readArguments,
  readText,
  runJsonCommand,
  type CommandResult,
} from "./json-command.ts";

// `npm run workflow:compile -- input.json`: what one edit becomes, without its pictures.

const USAGE = "npm run workflow:compile -- input.json   (- reads stdin)";

const size = z.strictObject({ width: z.number(), height: z.number() });

/** Zod's record leaves `__proto__` out without a word; a key nobody asked for is refused like any other. */
const unpolluted = z.unknown().superRefine((input, context) => {
  if (typeof input === "object" && input !== null && Object.hasOwn(input, "__proto__")) {
    context.addIssue({ code: "custom", path: ["__proto__"], message: "unrecognized key" });
  }
});

/** The document a caller writes; the input itself is checked by its service. */
const Document = z.strictObject({
  /** An id takes its current version; `qwen-image-edit@1` that very one. */
  service: z.string(),
  picture: size,
  mask: z
    .strictObject({ bounds: z.strictObject({ x: z.number(), y: z.number(), ...size.shape }) })
    .nullish(),
  input: z
    .strictObject({
      mode: z.string().optional(),
      options: unpolluted.pipe(z.record(z.string(), z.string())).optional(),
      params: unpolluted.pipe(z.record(z.string(), z.number())).optional(),
      prompt: z.string().nullish(),
      ratio: z.string().optional(),
      /** @default 0 */
      seed: z.number().default(0),
      /** How many pictures there are besides the first. @default 0 */
      extraImages: z.number().default(0),
      /** The API's own fields are taken as well; only how many there are counts. */
      imageAssetId: z.string().optional(),
      extraImageAssetIds: z.array(z.string()).optional(),
    })
    .prefault({}),
});

function main(argv: string[]): CommandResult {
  const path = readArguments(USAGE, () => {
    const { positionals } = parseArgs({ args: argv, allowPositionals: true, options: {} });
    const [only, ...more] = positionals;
    if (only === undefined || more.length > 0) throw new CannotRun("one input file is needed");
    return only;
  });
  const text = readText(path);
  let given: unknown;
  try {
    given = parseGraphJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refusal("INPUT_INVALID", null);
  }
  const parsed = Document.safeParse(given);
  return parsed.success ? compile(parsed.data) : refusal("INPUT_INVALID", fieldOf(parsed.error));
}

function compile({ service: name, picture, mask, input }: z.infer<typeof Document>): CommandResult {
  const registry = createServiceRegistry(GPU_SERVICES);
  const service = registry.version(name) ?? registry.current(name);
  if (service === null) return refusal("SERVICE_UNKNOWN", "service");
  const { imageAssetId: _, extraImageAssetIds, ...asked } = input;
  const compiled = compileEdit(service, {
    picture,
    maskBounds: mask?.bounds ?? null,
    input: {
      ...asked,
      prompt: asked.prompt ?? undefined,
      extraImages: extraImageAssetIds?.length ?? asked.extraImages,
    },
  });
  if (!compiled.ok) {
    const { code, field } = compiled.problem;
    const isCounted = field === "extraImageAssetIds" && extraImageAssetIds === undefined;
    return refusal(code, isCounted ? "input.extraImages" : (PLACES[field] ?? `input.${field}`));
  }
  const { prompt, plan, bound } = compiled;
  return {
    exitCode: 0,
    document: {
      serviceVersion: service.version,
      variant: bound.variant,
      plan,
      prompt: { en: prompt.en, th: prompt.th },
      warnings: prompt.warnings,
      graph: bound.graph,
      files: bound.files,
    },
  };
}

/** Fields that stand elsewhere in this document than in an input. */
const PLACES: Readonly<Record<string, string>> = {
  picture: "picture",
  "mask.bounds": "mask.bounds",
  maskAssetId: "mask",
};

function fieldOf({ issues: [issue] }: z.ZodError): string | null {
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...unknown].map(String);
  return path.length === 0 ? null : path.join(".");
}

function refusal(code: CompileErrorCode, field: string | null): CommandResult {
  return { exitCode: 1, document: { error: { code, message: COMPILE_MESSAGES[code], field } } };
}

await runJsonCommand(main);
