/** What a program that a test starts is given of our environment: nothing that could change what it does. */
export function processEnvironment(): Record<string, string> {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}
