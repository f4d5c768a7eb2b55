import type { AxisReport, Figure, Goal } from "./axis-report.ts";

/** One axis as a person reads it. */
export function printReport(report: AxisReport): string {
  const lines = [`\n${report.axis}  ${report.title}  (${report.seconds.toFixed(0)} s)`];
  const width = Math.max(...report.figures.map(({ name }) => name.length), 10);
  for (const figure of report.figures) lines.push(`  ${printFigure(figure, width)}`);
  for (const goal of report.goals) lines.push(`  ${printGoal(goal)}`);
  for (const { of, jobs, violations } of report.audits) {
    const verdict = violations.length === 0 ? "clean" : `VOID: ${violations.join("; ")}`;
    lines.push(`  audit  ${of}: ${jobs} jobs, ${verdict}`);
  }
  if (report.dropped > 0) lines.push(`  dropped ${report.dropped} rounds or samples as unsteady`);
  for (const note of report.notes) lines.push(`  - ${note}`);
  return lines.join("\n");
}

function printFigure({ role, name, values }: Figure, width: number): string {
  const parts = Object.entries(values).map(([key, value]) => `${key} ${plain(value)}`);
  return `${role.padEnd(7)} ${name.padEnd(width)}  ${parts.join("  ")}`;
}

function printGoal({ text, value, is, limit, met }: Goal): string {
  return `${met ? "met    " : "MISSED "} ${text}: ${plain(value)} (${is} ${plain(limit)})`;
}

/** Three digits that count, without an exponent. */
function plain(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
