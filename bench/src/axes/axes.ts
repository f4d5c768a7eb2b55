import type { AxisReport } from "../report/axis-report.ts";
import type { AxisContext } from "./axis-context.ts";
import { measureBacklogDrain } from "./backlog-drain.ts";
import { measureClickToAccepted } from "./click-to-accepted.ts";
import { measureCommitToProvider } from "./commit-to-provider.ts";
import { measureLifecycles } from "./lifecycles.ts";
import { measureSubscribers } from "./subscribers.ts";
import { measureWholeLifecycles } from "./whole-lifecycles.ts";
import { measureWebhookToBrowser } from "./webhook-to-browser.ts";

/** An axis of the quality goals and how it is measured. */
export interface Axis {
  readonly name: string;
  readonly measure: (ctx: AxisContext) => Promise<AxisReport>;
}

/** In the order in which they run. */
export const AXES = [
  { name: "1", measure: measureWebhookToBrowser },
  { name: "2", measure: measureClickToAccepted },
  { name: "3", measure: measureCommitToProvider },
  { name: "8", measure: measureLifecycles },
  { name: "9", measure: measureWholeLifecycles },
  { name: "10", measure: measureSubscribers },
  { name: "11", measure: measureBacklogDrain },
] as const satisfies readonly Axis[];

export type AxisName = (typeof AXES)[number]["name"];
