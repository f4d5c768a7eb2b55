/**
 * Whether a process with this command line runs our program `main`: as a source (`src/x.ts`, under
 * `npm run dev`) or as a build of it (`dist/x.js`), whichever of them `main` is.
 */
export function isOurs(command: string, main: string): boolean {
  const built = main.replace(/\/src\/((?:[^/]+\/)*[^/]+)\.ts$/, "/dist/$1.js");
  const source = main.replace(/\/dist\/((?:[^/]+\/)*[^/]+)\.js$/, "/src/$1.ts");
  const words = ` ${command} `;
  return [main, built, source].some((path) => words.includes(` ${path} `));
}
