import type { FindingState } from "./finding.ts";
import type { CheckReport } from "./run-doctor.ts";

const SIGNS = {
  ok: "ok  ",
  warning: "warn",
  broken: "FIX ",
  skipped: "  - ",
} as const satisfies Record<FindingState, string>;

/** The reports for people: what was found, and under it what to do. */
export function textOfReports(reports: readonly CheckReport[]): string {
  const blocks = reports.map((report) => {
    const findings = report.findings.flatMap(({ state, says, fix }) => [
      `  ${SIGNS[state]}  ${says}`,
      ...(fix === null ? [] : [`        ${fix}`]),
    ]);
    return [`${report.title.en} (${report.th})`, ...findings].join("\n");
  });
  const count = (state: FindingState) =>
    reports.flatMap(({ findings }) => findings).filter((one) => one.state === state).length;
  const [broken, warned] = [count("broken"), count("warning")];
  const summary =
    broken + warned === 0
      ? "Nothing is to be mended. / ไม่มีอะไรต้องแก้"
      : `To mend: ${broken}. To think about: ${warned}. / ต้องแก้ ${broken} จุด ควรปรับ ${warned} จุด`;
  return `${blocks.join("\n\n")}\n\n${summary}\n`;
}
