/** The Chromium the tests were told to drive, the only thing they read of the environment; undefined = the usual one. */
export function chromiumPath(): string | undefined {
  return process.env["CHROMIUM_PATH"];
}
