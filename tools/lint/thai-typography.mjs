import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

// Thai stacks two marks over and one under a letter: a tight line cuts them off.
const LEAST_LINE_HEIGHT = 1.5;

/** What breaks Thai text in a stylesheet or component: one sentence per finding, with its line. */
export function findThaiBreakage(source) {
  return source
    .split("\n")
    .flatMap((line, index) => problemsOf(line).map((problem) => ({ line: index + 1, problem })));
}

function problemsOf(line) {
  const problems = [];
  for (const [name] of line.matchAll(/(?<![\w-])leading-(?:none|tight|snug)(?![\w-])/g)) {
    problems.push(`${name} cuts Thai marks off: line height at least ${LEAST_LINE_HEIGHT}`);
  }
  for (const [, value] of line.matchAll(
    /(?<![\w-])leading-(?:\[(\d*\.?\d+)\]|(?:3|4|5)(?![\w.]))/g,
  )) {
    if (value === undefined || Number(value) < LEAST_LINE_HEIGHT) {
      problems.push(`leading-${value ?? "3..5"} fixes too low a line height for Thai`);
    }
  }
  for (const [, value] of line.matchAll(/line-?height["']?\s*:\s*["']?(\d*\.?\d+)(?![\w.%])/gi)) {
    if (Number(value) < LEAST_LINE_HEIGHT)
      problems.push(`line height ${value} is under ${LEAST_LINE_HEIGHT}`);
  }
  if (/(?<![\w-])break-all(?![\w-])/.test(line)) {
    problems.push("break-all splits Thai letters from their marks");
  }
  return problems;
}

/** Checks every stylesheet and component below `folder`. @returns lines `path:line: problem`. */
export function checkThaiTypography(root, folder) {
  return filesBelow(folder).flatMap((path) =>
    findThaiBreakage(readFileSync(path, "utf8")).map(
      ({ line, problem }) => `${relative(root, path)}:${line}: ${problem}`,
    ),
  );
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(css|tsx|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
