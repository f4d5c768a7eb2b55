import { globSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import * as z from "zod";

import type { GpuService } from "../src/contract/gpu-service.ts";
import { translateRequest } from "../src/prompt/thai/translate-request.ts";
import { GPU_SERVICES } from "../src/services/gpu-services.ts";
import { GoldenPrompt, goldenOf, resolvedInput } from "../test/golden-prompts.ts";
import { CannotRun, readArguments } from "./json-command.ts";
import { promptCaseText, sentenceCaseText } from "./prompt-case-text.ts";

// `npm run prompts:report`: every golden case as plain text, Thai and English together, to be read by
// a person. Printed is what is compiled today; a case that expects something else is marked and
// counted. With --write the expected texts of the compiled cases are replaced: read the difference
// before it is committed.

const USAGE = "npm run prompts:report [-- --write] [-- --only <part of a file's name>]";
const SRC = new URL("../src/", import.meta.url);

/** A free sentence and the English it becomes. */
const GoldenSentence = z.looseObject({ th: z.string(), en: z.array(z.string()) });
const Golden = z.union([z.array(GoldenPrompt), z.array(GoldenSentence)]);

interface FileReport {
  cases: number;
  changed: number;
  text: string;
}

function main(argv: string[]): 0 | 1 {
  const { write = false, only = "" } = readArguments(USAGE, () => {
    const options = { write: { type: "boolean" }, only: { type: "string" } } as const;
    return parseArgs({ args: argv, options }).values;
  });
  const files = globSync("**/golden-*.json", { cwd: SRC }).filter((file) => file.includes(only));
  if (files.length === 0) throw new CannotRun(`no golden file is named like ${only}`);
  let cases = 0;
  let changed = 0;
  for (const file of files.toSorted()) {
    const report = reportOn(file, write);
    process.stdout.write(`# ${file}: ${report.cases} cases\n\n${report.text}\n`);
    cases += report.cases;
    changed += report.changed;
  }
  process.stdout.write(
    `${cases} cases in ${files.length} files; ${changed} differ from what their file expects.\n`,
  );
  return changed === 0 || write ? 0 : 1;
}

function reportOn(file: string, write: boolean): FileReport {
  const url = new URL(file, SRC);
  const parsed = Golden.safeParse(JSON.parse(readFileSync(url, "utf8")));
  if (!parsed.success)
    throw new CannotRun(`${file} holds no golden cases: ${parsed.error.message}`);
  const prompts: GoldenPrompt[] = [];
  const texts: string[] = [];
  let changed = 0;
  for (const golden of parsed.data) {
    if (!("warnings" in golden && "input" in golden)) {
      const sentence = GoldenSentence.parse(golden);
      const request = translateRequest(sentence.th);
      const isSame = request.sentences.join(" ") === sentence.en.join(" ");
      if (!isSame) changed += 1;
      texts.push(sentenceCaseText(sentence.th, request, isSame));
      continue;
    }
    const expected = GoldenPrompt.parse(golden);
    const service = serviceOf(file);
    const input = resolvedInput(service, expected.input);
    const compiled = service.compilePrompt(input);
    const now = goldenOf(expected.input, compiled);
    const isSame = JSON.stringify(now) === JSON.stringify(expected);
    if (!isSame) changed += 1;
    prompts.push(now);
    texts.push(promptCaseText({ contract: service.contract, input, compiled, isSame }));
  }
  if (write && prompts.length > 0) writeFileSync(url, `${JSON.stringify(prompts, null, 2)}\n`);
  return {
    cases: texts.length,
    changed,
    text: texts.map((text, at) => `${at + 1}. ${text}`).join("\n"),
  };
}

/** `services/<id>/v<n>/…` and `services/<id>/…` (the first version) hold the cases of that version. */
function serviceOf(file: string): GpuService {
  const [, id, number = "1"] = /^services\/([^/]+)\/(?:v(\d+)\/)?[^/]+$/.exec(file) ?? [];
  const service = GPU_SERVICES.find(({ version }) => version === `${id}@${number}`);
  if (service === undefined) throw new CannotRun(`${file} is in no service's folder`);
  return service;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
