import type { LiveScope } from "./live-scope.ts";

/** One execution of a scope: the graph itself, or a subgraph inside one of its instances. */
export interface Frame {
  /** The ids of the instances on the way here, `12:3:` ("" for the graph itself). */
  prefix: string;
  scope: LiveScope;
  /** The frame the instance stands in, and its id there; null for the graph itself. */
  host: { frame: Frame; id: string } | null;
  inner: Map<string, Frame>;
}

/** The frame of the graph itself. */
export function rootFrame(scope: LiveScope): Frame {
  return { prefix: "", scope, host: null, inner: new Map() };
}

/** The frame inside an instance; null when `id` is no instance. */
export function innerFrame(frame: Frame, id: string): Frame | null {
  const known = frame.inner.get(id);
  if (known !== undefined) return known;
  const scope = frame.scope.insides.get(id);
  if (scope === undefined) return null;
  const inner: Frame = {
    prefix: `${frame.prefix}${id}:`,
    scope,
    host: { frame, id },
    inner: new Map(),
  };
  frame.inner.set(id, inner);
  return inner;
}
