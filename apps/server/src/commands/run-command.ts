/** Prints the one JSON document of an operator's command. */
export function printDocument(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Runs an operator's command to its exit code; whatever it throws is one document and 2: it could not be asked. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  process.exitCode = await main().catch((error: unknown) => {
    printDocument({ ok: false, error: error instanceof Error ? error.message : String(error) });
    return 2;
  });
}
