import type { LocalizedText } from "@ob/workflow";
import { checkComfyui } from "./check-comfyui.ts";
import { checkDatabase } from "./check-database.ts";
import { checkDryRun } from "./check-dry-run.ts";
import { checkGpu } from "./check-gpu.ts";
import { checkSettings } from "./check-settings.ts";
import { checkStorage } from "./check-storage.ts";
import { checkWebhooks } from "./check-webhooks.ts";
import { broken, type Check, type Finding, type FindingState, type Patient } from "./finding.ts";

/** In the order in which they are mended. */
const CHECKS: readonly Check[] = [
  checkSettings,
  checkDatabase,
  checkStorage,
  checkGpu,
  checkComfyui,
  checkDryRun,
  checkWebhooks,
];

/** What one check found; its worst finding is its state. */
export interface CheckReport {
  readonly check: string;
  readonly title: LocalizedText;
  readonly state: FindingState;
  /** The same in Thai, in one line. */
  readonly th: string;
  readonly findings: readonly Finding[];
}

const STATES_TH = {
  ok: "ใช้ได้",
  warning: "ใช้ได้ แต่ควรปรับ",
  broken: "ต้องแก้ก่อนใช้งาน",
  skipped: "ไม่ได้ตรวจ",
} as const satisfies Record<FindingState, string>;
/** The worst first. */
const ORDER = ["broken", "warning", "ok", "skipped"] as const satisfies readonly FindingState[];

/** Makes the report of one check. */
export function toReport(
  check: Pick<Check, "id" | "title">,
  findings: readonly Finding[],
): CheckReport {
  const state = ORDER.find((one) => findings.some((finding) => finding.state === one)) ?? "skipped";
  const th = `${check.title.th}: ${STATES_TH[state]}`;
  return { check: check.id, title: check.title, state, th, findings };
}

/** Runs every check, one after the other; one that fails in a way of its own keeps none from running. */
export async function runDoctor(patient: Patient): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const check of CHECKS) reports.push(toReport(check, await runCheck(check, patient)));
  return reports;
}

async function runCheck(check: Check, patient: Patient): Promise<readonly Finding[]> {
  try {
    return await check.run(patient);
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [
      broken(
        `It could not be looked at: ${said.slice(0, 400)}`,
        "What stands before this usually explains it.",
      ),
    ];
  }
}
