import { z } from "zod";

/** What `/run` may answer instead of the job; only after the first two is nothing queued. */
export const RUN_ANSWERS = [
  "run-500",
  "run-html-502",
  "run-500-queued",
  "run-html",
  "run-no-id",
  "run-truncated",
  "run-hang",
  "run-drip",
] as const;
export type RunAnswer = (typeof RUN_ANSWERS)[number];

/** What `/status` may say instead of the truth; `status-frozen` for ever, the others for a while. */
export const STATUS_MISHAPS = [
  "status-404",
  "status-500",
  "status-stale",
  "status-unknown",
  "status-early-output",
  "status-frozen",
] as const;
export type StatusMishap = (typeof STATUS_MISHAPS)[number];

/** Forms an output may have besides worker-comfyui's `images` in base64. */
export const OUTPUT_FORMS = [
  "output-message",
  "output-message-url",
  "output-s3-url",
  "output-url",
  "output-image-url",
  "output-result-url",
  "output-image-base64",
  "output-image",
  "output-text",
  "output-text-url",
  "output-list",
  "output-data-uri",
  "output-with-errors",
  "output-foreign",
  "output-foreign-first",
  "output-none",
  "output-error",
  "output-dead-link",
  "output-html-link",
] as const;
export type OutputForm = (typeof OUTPUT_FORMS)[number];

/** How the simulator can be told to misbehave. */
export const SCENARIOS = [
  "ok",
  "slow",
  "fail",
  "oom",
  "hang",
  "no-output",
  "lose-webhook",
  "duplicate-webhook",
  "rate-limit",
  "accept-then-drop",
  "run-twice",
  "webhook-five",
  "webhook-late",
  "webhook-behind-next",
  "webhook-null",
  "webhook-early-failed",
  ...RUN_ANSWERS,
  ...STATUS_MISHAPS,
  ...OUTPUT_FORMS,
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Body of `POST /control`. */
export const ControlBody = z.object({
  scenario: z.enum(SCENARIOS),
  times: z.number().int().min(1).max(1_000_000).default(1),
});
export type ControlBody = z.infer<typeof ControlBody>;

/** Body of `POST /control` that turns RunPod's rate limits on or off. */
export const LimitsBody = z.object({ limits: z.boolean() });

/** How a job ends on its worker. */
export type PlannedEnd = "ok" | "fail" | "oom" | "hang" | "no-output";

/** What the scenarios in force make of one `/run` call. */
export interface RunPlan {
  rateLimited: boolean;
  dropAnswer: boolean;
  /** `null`: the job, as it should be. */
  answer: RunAnswer | null;
  end: PlannedEnd;
  slow: boolean;
  /** Its worker dies half-way, and another one starts anew under the same id. */
  runsTwice: boolean;
  webhookDeliveries: 0 | 1 | 2 | 5;
  webhookTiming: "at once" | "late" | "behind next";
  /** `null`: RunPod once sent bodies of null for hours. */
  webhookBody: "job" | "null";
  /** A webhook that says FAILED comes while the job runs. */
  failsWebhookEarly: boolean;
  /** `null`: `/status` tells the truth. */
  status: StatusMishap | null;
  /** `null`: `images`, in base64. */
  output: OutputForm | null;
}

export const PLAIN_RUN: RunPlan = {
  rateLimited: false,
  dropAnswer: false,
  answer: null,
  end: "ok",
  slow: false,
  runsTwice: false,
  webhookDeliveries: 1,
  webhookTiming: "at once",
  webhookBody: "job",
  failsWebhookEarly: false,
  status: null,
  output: null,
};

export interface ScenarioDesk {
  set(control: ControlBody): void;
  /** Takes one `/run` call off every scenario in force. Scenarios that can meet in one call do. */
  take(): RunPlan;
}

/** Where several ends are in force at once, the first of these wins. */
const ENDS = ["hang", "fail", "oom", "no-output"] as const satisfies readonly PlannedEnd[];

/** Keeps how many `/run` calls each scenario still applies to. */
export function createScenarioDesk(): ScenarioDesk {
  const left = new Map<Scenario, number>();

  function takeOne(scenario: Scenario): boolean {
    const times = left.get(scenario) ?? 0;
    if (times > 0) left.set(scenario, times - 1);
    return times > 0;
  }

  return {
    set({ scenario, times }) {
      if (scenario === "ok") left.clear();
      else left.set(scenario, times);
    },
    take() {
      const taken = new Set(SCENARIOS.filter(takeOne));
      return {
        rateLimited: taken.has("rate-limit"),
        dropAnswer: taken.has("accept-then-drop"),
        answer: RUN_ANSWERS.find((answer) => taken.has(answer)) ?? null,
        end: ENDS.find((end) => taken.has(end)) ?? "ok",
        slow: taken.has("slow"),
        runsTwice: taken.has("run-twice"),
        webhookDeliveries: countDeliveries(taken),
        webhookTiming: taken.has("webhook-late")
          ? "late"
          : taken.has("webhook-behind-next")
            ? "behind next"
            : "at once",
        webhookBody: taken.has("webhook-null") ? "null" : "job",
        failsWebhookEarly: taken.has("webhook-early-failed"),
        status: STATUS_MISHAPS.find((mishap) => taken.has(mishap)) ?? null,
        output: OUTPUT_FORMS.find((form) => taken.has(form)) ?? null,
      };
    },
  };
}

function countDeliveries(taken: ReadonlySet<Scenario>): RunPlan["webhookDeliveries"] {
  if (taken.has("lose-webhook")) return 0;
  if (taken.has("webhook-five")) return 5;
  return taken.has("duplicate-webhook") ? 2 : 1;
}
