import { z } from "zod";

/** What the next calls of `POST /prompt` may meet. */
const PROMPT_MISHAPS = [
  "slow",
  "fail",
  "oom",
  "hang",
  "no-output",
  "late-progress",
  "rate-limit",
  "error-500",
  "accept-then-drop",
  "accept-then-502",
  "swallow",
] as const;

/** What the next calls of any other route may meet. */
const READ_MISHAPS = ["unavailable", "login-page"] as const;

/** What the next websockets meet. */
const SOCKET_MISHAPS = ["refuse-socket"] as const;

/** What happens at once. */
const INCIDENTS = ["restart", "drop-sockets", "forget-history", "lose-files", "foreign"] as const;

/** How the simulator can be told to misbehave; `ok` clears all. */
export const COMFYUI_SCENARIOS = [
  "ok",
  ...PROMPT_MISHAPS,
  ...READ_MISHAPS,
  ...SOCKET_MISHAPS,
  ...INCIDENTS,
] as const;
export type ComfyuiScenario = (typeof COMFYUI_SCENARIOS)[number];

/** Body of `POST /control`. */
export const ComfyuiControl = z.object({
  scenario: z.enum(COMFYUI_SCENARIOS),
  times: z.number().int().min(1).max(1_000_000).default(1),
});
export type ComfyuiControl = z.infer<typeof ComfyuiControl>;

export type ReadMishap = (typeof READ_MISHAPS)[number];
export type Incident = (typeof INCIDENTS)[number];

/** How a prompt ends. */
export type PromptEnd = "ok" | "fail" | "oom" | "hang" | "no-output";

/** What becomes of one call of `POST /prompt`. */
export interface PromptPlan {
  /** `swallow`: no answer ever, and nothing queued. */
  answer: "ok" | "rate-limit" | "error-500" | "drop" | "502" | "swallow";
  end: PromptEnd;
  slow: boolean;
  /** One progress message after the end. */
  lateProgress: boolean;
}

export const PLAIN_PROMPT: PromptPlan = {
  answer: "ok",
  end: "ok",
  slow: false,
  lateProgress: false,
};

/** Where several are in force at once, the first wins. */
const ENDS = ["hang", "fail", "oom", "no-output"] as const satisfies readonly PromptEnd[];
const ANSWERS = [
  ["rate-limit", "rate-limit"],
  ["error-500", "error-500"],
  ["swallow", "swallow"],
  ["accept-then-drop", "drop"],
  ["accept-then-502", "502"],
] as const satisfies readonly (readonly [ComfyuiScenario, PromptPlan["answer"]])[];

export interface MishapDesk {
  /** @returns what is to happen at once, `null` when the scenario only waits for calls */
  set(control: ComfyuiControl): Incident | null;
  takePrompt(): PromptPlan;
  takeRead(): ReadMishap | null;
  /** @returns whether the next websocket is refused */
  takeSocket(): boolean;
}

/** Keeps how many calls each scenario still applies to. */
export function createMishapDesk(): MishapDesk {
  const left = new Map<ComfyuiScenario, number>();

  function takeOne(scenario: ComfyuiScenario): boolean {
    const times = left.get(scenario) ?? 0;
    if (times > 0) left.set(scenario, times - 1);
    return times > 0;
  }

  return {
    set({ scenario, times }) {
      const incident = INCIDENTS.find((each) => each === scenario) ?? null;
      if (scenario === "ok") left.clear();
      else if (incident === null) left.set(scenario, times);
      return incident;
    },
    takePrompt() {
      const taken = new Set<ComfyuiScenario>(PROMPT_MISHAPS.filter(takeOne));
      return {
        answer: ANSWERS.find(([scenario]) => taken.has(scenario))?.[1] ?? "ok",
        end: ENDS.find((end) => taken.has(end)) ?? "ok",
        slow: taken.has("slow"),
        lateProgress: taken.has("late-progress"),
      };
    },
    takeRead: () => READ_MISHAPS.find(takeOne) ?? null,
    takeSocket: () => SOCKET_MISHAPS.some(takeOne),
  };
}
