import { parseArgs } from "node:util";
import { EXCHANGE_CAUSES, type ExchangeCause } from "@ob/runpod";
import { readDuration, readId, readName, readWhole } from "./read-arguments.ts";

/** What the operator wants of `npm run incidents`. */
export type IncidentsOrder =
  | {
      readonly kind: "list";
      readonly sinceMs: number;
      readonly cause: ExchangeCause | null;
      readonly backend: string | null;
      readonly limit: number;
    }
  | { readonly kind: "show"; readonly id: string };

export const INCIDENTS_USAGE =
  "Usage: incidents list [--since 24h] [--cause <cause>] [--backend <name>] [--limit 50] | show <id>";

/** Reads the arguments of `npm run incidents`. @throws {Error} one sentence on what cannot be understood */
export function readIncidentsOrder(args: readonly string[]): IncidentsOrder {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      since: { type: "string" },
      cause: { type: "string" },
      backend: { type: "string" },
      limit: { type: "string" },
    },
  });
  const [verb, id, ...rest] = positionals;
  const isBare = Object.keys(values).length === 0;
  if (verb === "show" && id !== undefined && rest.length === 0 && isBare) {
    return { kind: "show", id: readId("incident", id) };
  }
  if (verb !== "list" || id !== undefined) throw new Error(INCIDENTS_USAGE);
  return {
    kind: "list",
    sinceMs: readDuration("since", values.since ?? "24h"),
    cause: values.cause === undefined ? null : readName("cause", values.cause, EXCHANGE_CAUSES),
    backend: values.backend ?? null,
    limit: readWhole("limit", values.limit ?? "50", { min: 1, max: 500 }),
  };
}
