import fc from "fast-check";
import type { SubmitScript } from "../../src/testing/index.ts";

/** What may happen to an owner, his jobs and their runs; `job` and `run` count from the first of the life. */
export type Step =
  | { do: "create"; mode: "fast" | "quality" }
  | { do: "drive" }
  | { do: "advance"; ms: number }
  | { do: "script"; script: SubmitScript }
  | { do: "report"; run: number; as: ReportKind }
  | { do: "cancel"; job: number }
  | { do: "webhook"; job: number; run: number }
  | { do: "voice"; voice: "clear" | "unavailable" | "unauthorized" }
  | { do: "failPuts"; times: number };

/** What the GPU side says of a run. */
export type ReportKind =
  | "running"
  | "completed"
  | "no-output"
  | "foreign"
  | "oom"
  | "invalid"
  | "timeout"
  | "gone";

const index = fc.nat({ max: 5 });
/** Any step, what is usual more often. */
export const step: fc.Arbitrary<Step> = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("create" as const),
      mode: fc.constantFrom("fast" as const, "quality" as const),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("drive" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("advance" as const),
      ms: fc.constantFrom(1_000, 5_000, 25_000, 90_000, 400_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("script" as const),
      script: fc.constantFrom<SubmitScript>(
        "accept",
        "accept",
        "drop-answer",
        "drop-request",
        "rate-limit",
        "no-connection",
        "bad-key",
        "bad-request",
        "crash-before",
        "crash-after",
      ),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("report" as const),
      run: index,
      as: fc.constantFrom<ReportKind>(
        "running",
        "running",
        "completed",
        "completed",
        "no-output",
        "foreign",
        "oom",
        "invalid",
        "timeout",
        "gone",
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), job: index }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("webhook" as const), job: index, run: index }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("voice" as const),
      voice: fc.constantFrom(
        "clear" as const,
        "clear" as const,
        "unavailable" as const,
        "unauthorized" as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("failPuts" as const), times: fc.nat({ max: 4 }) }),
  },
);
