import { readFileSync } from "node:fs";

/** What a command ends with. Exit code 0: good; 1: the answer is no; 2: it could not run. */
export interface CommandResult {
  exitCode: 0 | 1 | 2;
  document: unknown;
}

/** The command was called wrongly, or what it was pointed to cannot be read. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}

/**
 * Runs a command whose whole answer is one JSON document on stdout; why it could not run is said on
 * stderr as well. `print` writes a document that JSON.stringify would not write exactly.
 */
export async function runJsonCommand(
  main: (argv: string[]) => CommandResult | Promise<CommandResult>,
  print: (document: unknown) => string = (document) => JSON.stringify(document, null, 2),
): Promise<void> {
  try {
    const { exitCode, document } = await main(process.argv.slice(2));
    process.stdout.write(`${print(document)}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    const isOurs = error instanceof CannotRun;
    const message = error instanceof Error ? error.message : String(error);
    const trace = error instanceof Error ? (error.stack ?? message) : message;
    process.stderr.write(`${isOurs ? message : trace}\n`);
    process.stdout.write(`${JSON.stringify({ error: { code: "COULD_NOT_RUN", message } })}\n`);
    process.exitCode = 2;
  }
}

/** The text of a file, `-` being stdin. @throws {CannotRun} when it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new CannotRun(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** Runs `parseArgs`. @throws {CannotRun} with the usage when the arguments make no sense. */
export function readArguments<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof CannotRun)) throw error;
    throw new CannotRun(`${error.message}\nUsage: ${usage}`, { cause: error });
  }
}
