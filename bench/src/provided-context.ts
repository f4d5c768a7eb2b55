/** What `vitest.shared.ts` hands to the test files. */
export interface TestRounds {
  /** How many times as many draws property tests take as in a quick run. */
  rounds: number;
}

declare module "vitest" {
  interface ProvidedContext {
    rounds: TestRounds["rounds"];
  }
}
