import { parseArgs } from "node:util";
import { z } from "zod";
import { AXES, type AxisName } from "./axes/axes.ts";

/** What one run of the bench measures. */
export interface BenchOptions {
  readonly axes: readonly AxisName[];
  /** Short rounds: everything runs and is audited, the figures say nothing. */
  readonly quick: boolean;
  /** One JSON document on stdout instead of tables. */
  readonly json: boolean;
  /** Where the JSON goes; null = a file of its own under `bench/.cache/`. */
  readonly out: string | null;
  /** People who use the studio at once; null = this is not measured. */
  readonly crowd: { readonly users: number; readonly minutes: number } | null;
}

const Values = z.strictObject({
  axis: z.string().optional(),
  quick: z.boolean().default(false),
  json: z.boolean().default(false),
  out: z.string().optional(),
  users: z.coerce.number().int().min(1).max(2_000).optional(),
  minutes: z.coerce.number().min(0.05).max(240).default(5),
});

/** Parses the command line. @throws {Error} with a sentence when it cannot be understood */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      axis: { type: "string" },
      quick: { type: "boolean" },
      json: { type: "boolean" },
      out: { type: "string" },
      users: { type: "string" },
      minutes: { type: "string" },
    },
  });
  const asked = Values.parse(values);
  const crowd = asked.users === undefined ? null : { users: asked.users, minutes: asked.minutes };
  return {
    axes: asked.axis === undefined ? (crowd === null ? axisNames() : []) : pickAxes(asked.axis),
    quick: asked.quick,
    json: asked.json,
    out: asked.out ?? null,
    crowd,
  };
}

function axisNames(): AxisName[] {
  return AXES.map(({ name }) => name);
}

function pickAxes(text: string): AxisName[] {
  return text.split(",").map((part) => {
    const axis = AXES.find(({ name }) => name === part.trim());
    if (axis === undefined) {
      throw new Error(`There is no axis ${part}; there are ${axisNames().join(", ")}.`);
    }
    return axis.name;
  });
}
