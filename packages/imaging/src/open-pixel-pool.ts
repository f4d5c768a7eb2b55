import { Piscina } from "piscina";

type Loops = typeof import("./loops/worker.ts");

/** Worker threads for the loops over pixels; the event loop only waits. */
export interface PixelPool {
  readonly threads: number;
  run<Name extends keyof Loops>(
    name: Name,
    task: Parameters<Loops[Name]>[0],
  ): Promise<ReturnType<Loops[Name]>>;
  close(): Promise<void>;
}

/** Starts the pool; its threads start with the first task and end when idle for 30 s. */
export function openPixelPool(threads: number): PixelPool {
  // The worker is a sibling in the same form as this file: .ts from source, .js once built.
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const piscina = new Piscina({
    filename: new URL(`./loops/worker.${extension}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
  });
  return {
    threads,
    run: async (name, task) => trustLoop(name, await piscina.run(task, { name })),
    close: () => piscina.destroy(),
  };
}

/** Safe: `run` takes task and name from the worker module's own types, and structured cloning keeps the shape. */
function trustLoop<Name extends keyof Loops>(_name: Name, result: unknown) {
  // oxlint-disable-next-line typescript/consistent-type-assertions -- the named helper, reason above
  return result as ReturnType<Loops[Name]>;
}
