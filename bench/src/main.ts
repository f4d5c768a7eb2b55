import { runBench } from "./run-bench.ts";
import { readOptions } from "./read-options.ts";

try {
  const options = readOptions(process.argv.slice(2));
  process.exitCode = await runBench(options, {
    say: (line) => process.stderr.write(`${line}\n`),
    print: (text) => process.stdout.write(`${text}\n`),
  });
} catch (error) {
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${said}\n`);
  process.exitCode = 2;
}
// A pool that is slow to close must not keep a finished run open.
setTimeout(() => process.exit(), 5_000).unref();
