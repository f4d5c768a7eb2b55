import { registerHooks } from "node:module";
import type { Mutant } from "./mutants.ts";

/** A mutant no longer fits the code: the rule it breaks stands elsewhere or otherwise now. */
export class StaleMutant extends Error {
  override readonly name = "StaleMutant";
}

/**
 * Breaks a rule in the source of a module while it is loaded, in memory alone. Before the module is
 * imported, of course. @returns whether the module has been loaded since, broken
 */
export function plantMutant(mutant: Mutant): () => boolean {
  let planted = false;
  const target = new URL(`../../src/${mutant.file}`, import.meta.url).href;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url !== target) return loaded;
      const source = textOf(loaded.source);
      const times = source.split(mutant.rule).length - 1;
      if (times !== 1) throw new StaleMutant(`${mutant.file} has its rule ${times} times`);
      planted = true;
      return { ...loaded, source: source.replace(mutant.rule, () => mutant.broken) };
    },
  });
  return () => planted;
}

function textOf(source: unknown): string {
  if (typeof source === "string") return source;
  if (source instanceof Uint8Array) return new TextDecoder().decode(source);
  throw new StaleMutant("the module has no source");
}
