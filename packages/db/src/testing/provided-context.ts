/** What the global setup hands to the test files. */
export interface TestCluster {
  clusterUrl: string;
  template: string;
  /** What {@link readSchemaMark} says of the template. */
  schema: string;
}

declare module "vitest" {
  interface ProvidedContext {
    obDatabase: TestCluster;
    /** How many times as many draws property and model tests take as in a quick run. */
    rounds: number;
  }
}
