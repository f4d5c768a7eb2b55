/** What the global setup hands to the test files. */
export interface TestCluster {
  clusterUrl: string;
  template: string;
}

declare module "vitest" {
  interface ProvidedContext {
    obDatabase: TestCluster;
  }
}
