/**
 * What every package's tests share. The limits only end what hangs: they are far beyond anything a
 * test takes on a busy machine, because no test may depend on how fast it runs.
 */
export const nodeTests = {
  resolve: { conditions: ["ob-source"] },
  ssr: { resolve: { conditions: ["ob-source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};
