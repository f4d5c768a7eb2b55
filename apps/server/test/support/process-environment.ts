/** All that this program was given. The only place where the tests read `process.env`. */
export function givenEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

/** What a program that a test starts is given of our environment: nothing that could change what it does. */
export function processEnvironment(): Record<string, string> {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = givenEnvironment();
  return { PATH, NODE_COMPILE_CACHE };
}
