import { parseArgs } from "node:util";

/** What the operator wants done. */
export type VersionsOrder =
  | { readonly kind: "list" }
  | {
      readonly kind: "share";
      readonly version: string;
      /** 0 to 10,000. */
      readonly basisPoints: number;
      readonly note: string | null;
    };

export const VERSIONS_USAGE =
  "Usage: versions list | share <version> <percent> [--note <why>] | withdraw <version> [--note <why>]";

const MAX_NOTE = 500;

/** Reads the arguments of `npm run versions`. @throws {Error} one sentence on what cannot be understood */
export function readVersionsOrder(args: readonly string[]): VersionsOrder {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { note: { type: "string" } },
  });
  const [verb, version, ...rest] = positionals;
  const note = values.note ?? null;
  if (note !== null && note.length > MAX_NOTE)
    throw new Error(`The note is over ${MAX_NOTE} long.`);
  if (verb === "list" && version === undefined) return { kind: "list" };
  if (verb === "withdraw" && version !== undefined && rest.length === 0) {
    return { kind: "share", version, basisPoints: 0, note };
  }
  const [percent, ...more] = rest;
  if (verb === "share" && version !== undefined && percent !== undefined && more.length === 0) {
    return { kind: "share", version, basisPoints: readPercent(percent), note };
  }
  throw new Error(VERSIONS_USAGE);
}

/** Percent, with up to two places, in basis points. */
function readPercent(text: string): number {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?%?$/.exec(text);
  const whole = Number(match?.[1]);
  const basisPoints = whole * 100 + Number((match?.[2] ?? "").padEnd(2, "0"));
  if (match === null || basisPoints > 10_000) {
    throw new Error(`${JSON.stringify(text)} is no percentage: 0 to 100, at most two places.`);
  }
  return basisPoints;
}
