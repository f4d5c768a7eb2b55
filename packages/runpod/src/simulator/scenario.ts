import { z } from "zod";

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
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Body of `POST /control`. */
export const ControlBody = z.object({
  scenario: z.enum(SCENARIOS),
  times: z.number().int().min(1).max(1_000_000).default(1),
});
export type ControlBody = z.infer<typeof ControlBody>;

/** How a job ends on its worker. */
export type PlannedEnd = "ok" | "fail" | "oom" | "hang" | "no-output";

/** What the scenarios in force make of one `/run` call. */
export interface RunPlan {
  rateLimited: boolean;
  dropAnswer: boolean;
  end: PlannedEnd;
  slow: boolean;
  webhookDeliveries: 0 | 1 | 2;
}

export const PLAIN_RUN: RunPlan = {
  rateLimited: false,
  dropAnswer: false,
  end: "ok",
  slow: false,
  webhookDeliveries: 1,
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
        end: ENDS.find((end) => taken.has(end)) ?? "ok",
        slow: taken.has("slow"),
        webhookDeliveries: taken.has("lose-webhook") ? 0 : taken.has("duplicate-webhook") ? 2 : 1,
      };
    },
  };
}
